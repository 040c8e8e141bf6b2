import { holderOf } from '../../facts/lifetime/held-values.ts';
import { endsSoon } from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  type CallExpression,
  calleeName,
  enclosingFunction,
  isPropertyAccessExpression,
  lastName,
  type NewExpression,
  type SourceFile,
  unwrap,
} from '../../typescript/ast.ts';
import { remember } from '../../typescript/remember.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { handledFix, pipelineFix } from './unhandled-stream/fixes.ts';
import { errorsOf, pipeOf } from './unhandled-stream/handlers.ts';
import { isUnreferencedTask } from './unhandled-stream/tasks.ts';

const messages = {
  pipe: {
    text: 'Nobody handles an error of {stream} here: `pipe` passes none on',
    why: 'An `error` event without a listener ends the process. `pipe` forwards data only: each stream of the chain has errors of its own, and the others stay open.',
    help: 'Use `pipeline` from `node:stream/promises`, which handles all of them and closes what is left.',
  },
  emitter: {
    text: 'Nobody listens for an `error` of {stream}: the first one ends the process',
    why: 'An `error` event without a listener is thrown where nobody can catch it: a missing file, a refused connection or a command that does not exist ends the process.',
    help: 'Listen for `error`, or use a form that rejects instead, such as `pipeline` or `events.once`.',
  },
} as const;

export type Context = RuleContext<keyof typeof messages>;
type Making = CallExpression | NewExpression;

export const unhandledStream = defineRule({
  id: 'unhandled-stream',
  family: 'lifetime',
  principle: 6,
  summary: 'A stream, socket or child process whose error nobody handles, which ends the process',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression: (call, ctx) => look(call, ctx),
    NewExpression: (call, ctx) => look(call, ctx),
  },
});

const known = new WeakMap<SourceFile, ReadonlySet<string>>();

/** Most files make no such thing, which their text tells. */
function look(call: Making, ctx: Context): Promise<void> | undefined {
  const { sourceFile, text } = ctx.file;
  const names = remember(known, sourceFile, () => ctx.knowledge.errorEvents.namesIn(text));
  if (names.size === 0) return undefined;
  const name = lastName(call.expression) ?? '';
  const isNamed = names.has(name) || (names.has('') && !isPropertyAccessExpression(unwrap(call.expression)));
  return isNamed && !ctx.file.isTest && !endsSoon(call) ? check(call, ctx) : undefined;
}

async function check(call: Making, ctx: Context): Promise<void> {
  const errors = errorsOf(call);
  // A script ends with an error of its connections anyway.
  if (!enclosingFunction(call) && !/^\s*(?:export\b|module\.exports|exports\.)/m.test(ctx.file.text)) return;
  if (errors === 'handled' || errors === 'elsewhere' || isUnreferencedTask(call)) return;
  if (!ctx.knowledge.errorEvents.gives(await ctx.types.origins(call.expression))) return;
  if (errors.exportedAs) {
    const places = await ctx.types.referencesElsewhere(errors.exportedAs);
    if (places.some((place) => isListeningOrPassed(place.parent.parent.getText()))) return;
  }
  if (isPassingClient(call)) return ctx.silent(call, 'it is made for one question and closed at once');
  const stream = `\`${shortName(call)}\``;
  const pipe = pipeOf(errors);
  if (pipe) ctx.report('pipe', calleeName(pipe), { data: { stream }, fixes: () => [pipelineFix(pipe, ctx)] });
  else ctx.report('emitter', calleeName(call), { data: { stream }, fixes: () => [handledFix(call, ctx)] });
}

const clients = new Set(['Pool', 'Client', 'createClient']);

/** A client of a database that the same function closes again: its errors come with the answers. */
function isPassingClient(call: Making): boolean {
  const holder = clients.has(lastName(call.expression) ?? '') ? holderOf(call) : undefined;
  return (
    holder?.kind === 'variable' &&
    enclosingFunction(holder.variable) !== undefined &&
    holder.uses.some((use) => use.kind === 'method' && /^(?:end|quit|close|disconnect|destroy)$/.test(use.member))
  );
}

/** Where an exported one is used elsewhere: `pool.on('error', …)`, or as an argument of something. */
function isListeningOrPassed(text: string): boolean {
  return /\.(?:on|once|addListener)\b/.test(text) || /\(/.test(text) === false;
}
