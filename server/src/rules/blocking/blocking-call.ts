import type { BlockedPlace, BlockingCall, Reached } from '../../facts/blocking.ts';
import { awaitedForm } from '../../engine/blocking-fixes.ts';
import { functionName } from '../../facts/uses.ts';
import type { Related, Severity } from '../../model/finding.ts';
import { type CallExpression, calleeName, type FunctionNode, lastName, type Node, spanOf } from '../../typescript/ast.ts';
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
  options: {},
  messages: {
    async: {
      text: '`{call}` blocks the event loop inside the async function `{fn}`',
      why: 'Until it returns, no other request, timer or callback of the process runs. The caller awaits `{fn}` and expects that others can go on meanwhile.',
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
      help: 'Make `{helper}` asynchronous with the awaited form of `{call}`, or move the work to start-up.',
    },
    dialog: {
      text: '`{call}` stops everything until somebody answers',
      why: 'While the dialog is open, no timer, message or response is handled, and the page is not drawn.',
      help: 'Show a dialog whose answer can be awaited.',
    },
  },
  on: {
    async SourceFile(file, ctx) {
      for (const place of await ctx.facts.blocking.places(file, 'work')) reportPlace(place, ctx);
    },
  },
});

type Context = RuleContext<'async' | 'callback' | 'handler' | 'helper' | 'dialog'>;

function reportPlace({ call, entry, reached }: BlockedPlace, ctx: Context): void {
  const [direct] = reached;
  if (direct.way.length > 0) {
    reportHelper(call, reached, ctx);
    return;
  }
  const { blocking } = direct;
  if (blocking.does !== 'work') return;
  const { kind, severity, twin } = blocking.api;
  const name = lastName(blocking.call.expression) ?? blocking.api.name;
  const data = {
    call: name,
    fn: nameOf(entry.fn),
    by: entry.how === 'callback' ? entry.by : '',
    help: twin ? `Await \`${twin.name || name}\` of \`${twin.module}\` instead, or do it once at start-up.` : 'Use an asynchronous form, do it once at start-up, or move it to a worker thread.',
  };
  const key = kind === 'dialog' ? 'dialog' : entry.how === 'promise' ? 'async' : entry.how;
  ctx.report(key, calleeName(blocking.call), {
    data,
    ...(severity && { severity }),
    ...(twin && { fixes: async () => [await awaitedForm(blocking.call, twin, entry, ctx)] }),
  });
}

/** Probes and databases are advice where they are called; behind a helper they are not worth a word. */
function reportHelper(call: BlockedPlace['call'], reached: readonly Reached[], ctx: Context): void {
  const heavy = reached.filter(({ blocking }) => blocking.does === 'work' && severityOf(blocking) !== 'information');
  const [first] = heavy;
  if (!first) return;
  const helper = lastName(call.expression) ?? 'this call';
  ctx.report('helper', calleeName(call), {
    data: { helper, call: lastName(first.blocking.call.expression) ?? '' },
    related: first.way.map((step, index) => relatedStep(step, index === 0 ? call : (first.way[index - 1] as Node), ctx)),
  });
}

/** `readConfig` calls `readFileSync` here. */
function relatedStep(step: CallExpression | BlockedPlace['call'], by: Node, ctx: Context): Related {
  const caller = lastName((by as CallExpression).expression) ?? 'it';
  const callee = lastName(step.expression) ?? 'it';
  return { file: ctx.file.path, span: spanOf(calleeName(step)), message: `\`${caller}\` calls \`${callee}\` here` };
}

function severityOf(blocking: BlockingCall): Severity | undefined {
  return blocking.does === 'work' ? blocking.api.severity : undefined;
}

function nameOf(fn: FunctionNode): string {
  return functionName(fn)?.text ?? 'around it';
}
