import { sleepFix, spinFix } from '../../engine/sleep-fixes.ts';
import type { BlockedPlace, Step } from '../../facts/blocking/blocking.ts';
import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { busyWait, type Loop } from '../../facts/blocking/busy-wait.ts';
import type { Related } from '../../model/finding.ts';
import { spanOf } from '../../typescript/ast.ts';
import { defineRule, type RuleContext } from '../define.ts';

export const blockingSleep = defineRule({
  id: 'blocking-sleep',
  family: 'blocking',
  principle: 2,
  summary: 'A sleep or a busy loop that holds the event loop until it is over',
  preset: 'recommended',
  severity: 'error',
  since: '0.1.0',
  equivalents: ['no-unmodified-loop-condition', 'biome:noUnmodifiedLoopCondition'],
  options: {},
  messages: {
    sleep: {
      text: '`{call}` sleeps and holds up everything else in the process',
      why: 'A synchronous sleep keeps the event loop: no request, timer or callback runs until it is over.',
      help: 'Await `setTimeout` of `node:timers/promises`, so that others run meanwhile.',
    },
    helper: {
      text: '`{helper}` holds up everything else: it leads to the sleep of `{call}`',
      why: 'A synchronous sleep keeps the event loop, wherever it stands: no request, timer or callback runs until it is over.',
      help: 'Make `{helper}` asynchronous and await a timer in it.',
    },
    spin: {
      text: 'This loop spins {until}, and nothing else can run meanwhile',
      why: 'The loop uses a whole processor to wait, and keeps the event loop: no request, timer or callback runs until it ends.',
      help: 'Await a timer for the time that is left.',
    },
    stuck: {
      text: 'This loop waits for `{name}` to change, and so keeps it from changing',
      why: 'Only another callback can change `{name}`, and none runs before this loop ends: once entered, it never ends.',
      help: 'Await a promise that the change resolves, such as `once` of `node:events`.',
    },
  },
  on: {
    async SourceFile(file, ctx) {
      for (const place of await ctx.facts.blocking.places(file, 'sleep')) reportSleep(place, ctx);
      for (const { call } of await ctx.facts.blocking.harmless(file, 'sleep'))
        ctx.silent(
          call,
          'nothing asynchronous was found to wait meanwhile: it sleeps at start-up, or no caller is known',
        );
    },
    WhileStatement: checkLoop,
    DoStatement: checkLoop,
    ForStatement: checkLoop,
  },
});

type Context = RuleContext<'sleep' | 'helper' | 'spin' | 'stuck'>;

function reportSleep({ step, from, reached: [{ blocking, way }] }: BlockedPlace, ctx: Context): void {
  if (way.length === 0) {
    const related = from.map((next, index) => relatedStep(next, index > 0 ? from[index - 1] : undefined));
    ctx.report('sleep', step.at, { data: { call: step.name }, related, fixes: () => [sleepFix(blocking, ctx)] });
    return;
  }
  const related = way.map((next, index) => relatedStep(next, index > 0 ? way[index - 1] : step));
  ctx.report('helper', step.at, { data: { helper: step.name, call: way.at(-1)?.name ?? '' }, related });
}

function relatedStep({ at, name }: Step, caller: Step | undefined): Related {
  const who = caller ? `\`${caller.name}\`` : 'asynchronous code';
  return { file: at.getSourceFile().fileName, span: spanOf(at), message: `${who} calls \`${name}\` here` };
}

/** A loop that waits blocks wherever it runs, so nothing is asked about who calls its function. */
function checkLoop(loop: Loop, ctx: Context): void {
  const wait = busyWait(loop);
  if (!wait) return;
  if (blocksOnPurpose(ctx.file.sourceFile) || isInTest(loop))
    return ctx.silent(loop, 'nobody waits behind a loop in a test, a tool or a worker');
  if (wait.for === 'clock') {
    ctx.report('spin', headOf(loop), {
      data: { until: `${wait.ends === 'false' ? 'while' : 'until'} \`${wait.until.getText().replace(/\s+/g, ' ')}\`` },
      fixes: () => [spinFix(loop, wait, ctx)],
    });
    return;
  }
  ctx.report('stuck', wait.flag, { data: { name: wait.flag.getText() } });
}

/** The keyword, for loops that begin with it. */
function headOf(loop: Loop): { readonly start: number; readonly end: number } {
  const start = loop.getStart();
  return { start, end: start + (/^\w+/.exec(loop.getText())?.[0].length ?? 0) };
}
