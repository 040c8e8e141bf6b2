import { holderOf, isCaptured } from '../../facts/lifetime/held-values.ts';
import { endsSoon } from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import {
  type CallExpression,
  calleeName,
  enclosingFunction,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  lastName,
  type NewExpression,
  type Node,
  type SourceFile,
  unwrap,
} from '../../typescript/ast.ts';
import { remember } from '../../typescript/remember.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { handledFix, pipelineFix } from './unhandled-stream/fixes.ts';
import { errorsOf, errorsOfParameter, pipeOf } from './unhandled-stream/handlers.ts';
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
  if (lastName(call.expression) === 'createServer') return ctx.file.isTest ? undefined : checkAccepted(call, ctx);
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
  if (errors.source && (await isUnhandled(errors.source, ctx)))
    return ctx.silent(call, 'the chain is reported where it begins');
  const use = passingUse(call);
  if (use === 'closed') return ctx.silent(call, 'it is made for one question and closed at once');
  if (use === 'asked') return ctx.silent(call, 'its callbacks are given the errors');
  if (use === 'left' && !(await ctx.facts.runsAtStartUp(call)))
    return ctx.silent(call, 'it should be closed in this function, which `unclosed-resource` says');
  const stream = `\`${shortName(call)}\``;
  const pipe = pipeOf(errors);
  if (pipe) ctx.report('pipe', calleeName(pipe), { data: { stream }, fixes: () => [pipelineFix(pipe, ctx)] });
  else ctx.report('emitter', calleeName(call), { data: { stream }, fixes: () => [handledFix(call, ctx)] });
}

/** `net.createServer((socket) => …)`: a client that resets its connection is an error of that socket. */
async function checkAccepted(call: Making, ctx: Context): Promise<void> {
  const listener = call.arguments?.map(unwrap).find(isFunctionNode);
  const name = listener?.parameters[0]?.name;
  if (!listener?.body || !name || !isIdentifier(name)) return;
  const errors = errorsOfParameter(name);
  if (errors === 'handled' || errors === 'elsewhere') return;
  const origins = await ctx.types.origins(call.expression);
  if (!origins.some(({ module }) => module === 'node:net' || module === 'node:tls')) return;
  ctx.report('emitter', name, { data: { stream: `\`${name.text}\`` } });
}

/** Whether the source of a chain has the same problem. */
async function isUnhandled(source: Node, ctx: Context): Promise<boolean> {
  if (!isCallExpression(source) && !isNewExpression(source)) return false;
  const errors = errorsOf(source);
  if (errors === 'handled' || errors === 'elsewhere') return false;
  return ctx.knowledge.errorEvents.gives(await ctx.types.origins(source.expression));
}

const clients = new Set(['Pool', 'Client', 'createClient', 'createSocket']);

/**
 * What becomes of a client that one function makes for itself: `closed` again, so that its errors come with the answers,
 * `asked` by calls that are given a callback each, or `left` open.
 */
function passingUse(call: Making): 'closed' | 'asked' | 'left' | undefined {
  const name = lastName(call.expression) ?? '';
  const holder = clients.has(name) ? holderOf(call) : undefined;
  if (holder?.kind !== 'variable' || !enclosingFunction(holder.variable)) return undefined;
  const { uses, variable } = holder;
  const calls = uses.filter((use) => use.kind === 'method');
  if (name === 'createSocket') {
    if (!calls.every(({ member, call: { arguments: given } }) => member !== 'bind' && isAnswered(member, given)))
      return undefined;
    return calls.some(({ member }) => member === 'close') ? 'asked' : 'left';
  }
  if (calls.some(({ member }) => /^(?:end|quit|close|disconnect|destroy)$/.test(member))) return 'closed';
  return name !== 'Pool' && !uses.some((use) => isCaptured(use, variable)) ? 'left' : undefined;
}

/** A datagram that is sent with a callback has its error there. */
function isAnswered(member: string, given: readonly Node[]): boolean {
  const last = given.at(-1);
  return member !== 'send' || (last !== undefined && (isFunctionNode(last) || isIdentifier(last)) && given.length > 1);
}

/** Where an exported one is used elsewhere: `pool.on('error', …)`, or as an argument of something. */
function isListeningOrPassed(text: string): boolean {
  return /\.(?:on|once|addListener)\b/.test(text) || /\(/.test(text) === false;
}
