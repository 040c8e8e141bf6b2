import { awaitedForm } from '../../engine/blocking-fixes.ts';
import type { AsyncEntry } from '../../facts/blocking/async-entry.ts';
import type { BlockedPlace, BlockingCall, Step } from '../../facts/blocking/blocking.ts';
import { isDoneOnce } from '../../facts/blocking/done-once.ts';
import { functionName } from '../../facts/uses.ts';
import type { AwaitedTwin } from '../../knowledge/blocking.ts';
import type { Related, Severity } from '../../model/finding.ts';
import { type ChoiceOption, choice, type ListOption, list } from '../../model/rule.ts';
import {
  type CallExpression,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isLoop,
  isNewExpression,
  isPropertyAccessExpression,
  isWithin,
  lastName,
  type Node,
  spanOf,
  wrapped,
} from '../../typescript/ast.ts';
import { namesIn } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';

export const blockingCall = defineRule({
  id: 'blocking-call',
  family: 'blocking',
  principle: 2,
  summary: 'A synchronous call blocks the event loop while others wait',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['n/no-sync', 'node/no-sync', 'biome:noSyncMethods', 'deno-lint:no-sync-fn-in-async-fn'],
  options: {
    allow: list([], 'Functions that may block, by name, such as `existsSync`.'),
    dialogs: choice(
      ['allow', 'report'],
      'allow',
      'What to do with `alert`, `confirm` and `prompt` in a page; `strict` reports them.',
      'report',
    ),
  },
  messages: {
    async: {
      text: '`{call}` blocks the event loop inside {fn}',
      why: 'Until it returns, no other request, timer or callback of the process runs. The caller awaits a promise and expects that others can go on meanwhile.',
      help: '{help}',
    },
    callback: {
      text: '`{call}` blocks the event loop in a callback of `{by}`',
      why: 'Callbacks run one after another on the event loop. Until this one returns, no other request, timer or callback of the process runs.',
      help: '{help}',
    },
    handler: {
      text: '`{call}` blocks all other requests while this handler runs',
      why: 'One event loop serves all requests and connections. While the call works, none of them makes progress.',
      help: '{help}',
    },
    helper: {
      text: '`{helper}` blocks the event loop: it leads to `{call}`',
      why: 'The call looks like a quick computation, yet it does synchronous work further down. Until it returns, nothing else in the process runs.',
      help: 'Make `{helper}` asynchronous, or do its work once at start-up.',
    },
    reached: {
      text: '`{call}` blocks the event loop: {fn} leads to it',
      why: 'The function around it is synchronous, and yet it runs while others wait. Until it returns, nothing else in the process runs.',
      help: 'Make the functions on the way asynchronous, or do this once at start-up.',
    },
    dialog: {
      text: '`{call}` stops everything until somebody answers',
      why: 'While the dialog is open, no timer, message or response is handled, and the page is not drawn.',
      help: 'Show a dialog whose answer can be awaited.',
    },
  },
  on: {
    async SourceFile(file, ctx) {
      const places: BlockedPlace[] = [];
      for (const place of await ctx.facts.blocking.places(file, 'work')) {
        if (ctx.options.dialogs === 'allow' && place.reached.every(({ blocking }) => isDialog(blocking))) {
          ctx.silent(place.step.at, 'the option `dialogs` allows it');
          continue;
        }
        const allowed = place.reached.filter(({ blocking }) => !ctx.options.allow.includes(blocking.api.name));
        const [first, ...others] = allowed.filter(
          ({ way }) => ![place.step, ...way].some((step) => isDoneOnce(step.call)),
        );
        if (first) places.push({ ...place, reached: [first, ...others] });
        else if (allowed.length > 0) ctx.silent(place.step.at, 'it is done once, and what it gives is kept');
        else ctx.silent(place.step.at, 'the option `allow` names it');
      }
      const working = new Set(places.filter((place) => !isProbe(place)).map(({ entry }) => entry.fn));
      for (const place of places) {
        if (!isProbe(place) || working.has(place.entry.fn) || isRepeated(place)) reportPlace(place, ctx);
        else ctx.silent(place.step.at, 'a single probe takes less time than waiting for it would');
      }
      for (const { call } of await ctx.facts.blocking.harmless(file, 'work')) ctx.silent(call, () => nobodyWaits(call));
    },
  },
});

function isDialog(blocking: BlockingCall): boolean {
  return blocking.does === 'work' && blocking.api.kind === 'dialog';
}

/** `existsSync` and its like: worth a word only where the function around them is to be made asynchronous anyway. */
function isProbe({ reached }: BlockedPlace): boolean {
  return reached.every(
    ({ blocking }) => blocking.does === 'work' && blocking.api.kind === 'fs' && blocking.api.severity === 'information',
  );
}

/** In a loop, or in a function that calls itself, one probe becomes many. */
function isRepeated({ step, entry: { fn } }: BlockedPlace): boolean {
  if (isLooped(step.at, fn)) return true;
  const name = functionName(fn)?.text;
  return name !== undefined && namesIn(fn.getSourceFile(), name).some((use) => isWithin(use, fn) && isCalled(use));
}

/** Whether a loop stands between a node and the function around it. */
function isLooped(node: Node, fn: Node | undefined): boolean {
  for (let at = node; at !== fn && at.parent && !isFunctionNode(at); at = at.parent) if (isLoop(at)) return true;
  return false;
}

function isCalled(name: Node): boolean {
  const callee = isPropertyAccessExpression(name.parent) ? name.parent : name;
  return isCallExpression(callee.parent) && callee.parent.expression === callee;
}

function nobodyWaits(call: CallExpression): string {
  return `nothing asynchronous was found to wait while \`${lastName(call) ?? 'it'}\` runs: it runs at start-up, or no caller is known`;
}

/**
 * Work on one file that is over soon: what only changes a folder's entries, and what a function does that runs when its
 * owner begins or ends, or that a command-line program runs. Worth a word, and seldom a change. Not in a loop, and not
 * where requests, timers or events lead to it.
 */
function isShort({ step, entry, blocking }: { step: Step; entry: AsyncEntry; blocking: BlockingCall }): boolean {
  if (blocking.does !== 'work' || (entry.how !== 'async' && entry.how !== 'promise')) return false;
  if (isCommandPath(entry.fn.getSourceFile().fileName)) return true;
  if (blocking.api.kind !== 'fs' || isLooped(step.at, entry.fn) || isLooped(blocking.call, undefined)) return false;
  if (entryNames.test(functionName(entry.fn)?.text ?? '')) return true;
  if (!shortCalls.has(blocking.api.name)) return false;
  // A whole tree is removed for as long as it is large.
  return !/^rm/.test(blocking.api.name) || !/\brecursive\b/.test(blocking.call.arguments[1]?.getText() ?? '');
}

const shortCalls: ReadonlySet<string> = new Set(
  'accessSync chmodSync linkSync lstatSync mkdirSync renameSync rmSync rmdirSync statSync symlinkSync unlinkSync utimesSync'.split(
    ' ',
  ),
);

/** Names of functions that run once for each owner: at its start, or at its end. */
const entryNames =
  /^(?:start|stop|init|initiali[sz]e|setup|bootstrap|boot|main|onboard|connect|listen|shutdown|teardown|close|dispose|destroy)(?![a-z])/;

/** `packages/cli/src/commands/update.ts`: one command of a program runs, and nobody else waits. */
function isCommandPath(path: string): boolean {
  return /(?:^|\/)(?:[\w-]+-)?cli\/(?:.*\/)?commands?\//.test(path);
}

type Context = RuleContext<
  'async' | 'callback' | 'handler' | 'helper' | 'reached' | 'dialog',
  { readonly allow: ListOption; readonly dialogs: ChoiceOption<'allow' | 'report'> }
>;

function reportPlace({ step, entry, from, reached }: BlockedPlace, ctx: Context): void {
  const [{ blocking, way }] = reached;
  if (blocking.does !== 'work') return;
  if (way.length > 0) {
    reportHelper({ step, entry, reached }, ctx);
    return;
  }
  if (from.length > 0) {
    const steps = [...from, step];
    const related = from.map((next, index) =>
      relatedStep(next, index === 0 ? functionOf(entry) : `\`${steps[index - 1]?.name}\``),
    );
    ctx.report('reached', step.at, { data: { call: step.name, fn: functionOf(entry) }, related });
    return;
  }
  const { kind, twin } = blocking.api;
  const severity = blocking.api.severity ?? (isShort({ step, entry, blocking }) ? 'information' : undefined);
  const data = {
    call: step.name,
    fn: functionOf(entry),
    by: entry.how === 'callback' ? entry.by : '',
    help: helpFor(twin),
  };
  const key = kind === 'dialog' ? 'dialog' : entry.how === 'promise' ? 'async' : entry.how;
  ctx.report(key, step.at, {
    data,
    ...(severity && { severity }),
    ...(twin && { fixes: async () => [await awaitedForm(blocking.call, twin, entry, ctx)] }),
  });
}

/** Probes and databases are advice where they are called; behind a helper they are not worth a word. */
function reportHelper({ step, entry, reached }: Omit<BlockedPlace, 'from'>, ctx: Context): void {
  const telling = reached.filter(({ blocking }) => severityOf(blocking) !== 'information');
  const first = telling.find(({ blocking }) => !isShort({ step, entry, blocking })) ?? telling[0];
  if (!first)
    return ctx.silent(
      step.at,
      () => `what \`${step.name}\` leads to is short, and worth a word only where it is called`,
    );
  // A file that is read several calls further down is mostly small, and nobody there thinks of who waits.
  const isFarFile = first.way.length > 1 && first.blocking.does === 'work' && first.blocking.api.kind === 'fs';
  const isAdvice = isFarFile || isShort({ step, entry, blocking: first.blocking });
  ctx.report('helper', step.at, {
    data: { helper: step.name, call: first.way.at(-1)?.name ?? '' },
    ...(isAdvice && { severity: 'information' as const }),
    related: first.way.map((next, index) =>
      relatedStep(next, `\`${((index > 0 && first.way[index - 1]) || step).name}\``),
    ),
  });
}

/** `readConfig` calls `readFileSync` here. */
function relatedStep({ at, name }: Step, caller: string): Related {
  return { file: at.getSourceFile().fileName, span: spanOf(at), message: `${caller} calls \`${name}\` here` };
}

function severityOf(blocking: BlockingCall): Severity | undefined {
  return blocking.does === 'work' ? blocking.api.severity : undefined;
}

function functionOf({ fn }: AsyncEntry): string {
  const name = functionName(fn)?.text;
  if (isAsyncFunction(fn)) return name === undefined ? 'an async function' : `the async function \`${name}\``;
  if (name !== undefined) return `\`${name}\`, which returns a promise`;
  return isNewExpression(wrapped(fn).parent) ? "a promise's executor" : 'a function that returns a promise';
}

function helpFor(twin: AwaitedTwin | undefined): string {
  if (!twin) return 'Use an asynchronous form, do it once at start-up, or move it to a worker thread.';
  if (twin.how === 'parent') return `Await the promise that \`${twin.module}\` gives, or do this once at start-up.`;
  if (twin.module === 'global') return `Await \`${twin.name}\` instead, or do this once at start-up.`;
  return `Await \`${twin.name}\` of \`${twin.module}\` instead, or do this once at start-up.`;
}
