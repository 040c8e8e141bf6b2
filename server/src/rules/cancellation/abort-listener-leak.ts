import { fileStyle, indentAt } from '../../engine/fixing/file-style.ts';
import { addMember } from '../../engine/signal-fixes.ts';
import {
  type AbortListening,
  abortListening,
  isSignalMadeHere,
  staysOnSignal,
} from '../../facts/cancellation/abort-listeners.ts';
import { abortedBy, ownController } from '../../facts/cancellation/own-controllers.ts';
import { signalType } from '../../facts/cancellation/signal-types.ts';
import { isAside } from '../../facts/cancellation/signal-work.ts';
import { settlers } from '../../facts/lifetime/timers.ts';
import { isExecutor } from '../../facts/promises/promise-executor.ts';
import { functionName } from '../../facts/uses.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  type Node,
  spanOf,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { namesIn } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  leak: {
    text: 'This listener stays on `{signal}` when the work is done: one more with every call',
    why: 'A signal may live much longer than one call: that of a session, of a component, of the program. Each call leaves a function on it, with everything that the function holds, and on abort all of them run.',
    help: 'Add `{ once: true }`, and remove the listener when the work ends.',
  },
  link: {
    text: 'This listener stays on `{signal}` when the work is done: one more with every call',
    why: 'A signal may live much longer than one call: that of a session, of a component, of the program. Each call leaves a function on it, with the controller that it aborts, and on abort all of them run.',
    help: 'Join the signals with `AbortSignal.any([…])`, which leaves nothing behind; or add `{ once: true }` and remove the listener.',
  },
  missed: {
    text: 'This listener stays on `{signal}` when the work fails: its removal is passed by',
    why: 'Behind an `await` that rejects, the line that removes the listener is never reached. Each failure leaves one more function on the signal, with everything that it holds.',
    help: 'Remove the listener in a `finally`.',
  },
  unlinked: {
    text: '`{signal}` may be aborted already: then the controller is never aborted',
    why: 'The event is fired once, at the moment of the abort. Whoever listens later hears nothing, and what hangs on this controller goes on.',
    help: 'Join the signals with `AbortSignal.any([…])`, or ask for `{signal}.aborted` first.',
  },
  unchecked: {
    text: '`{signal}` may be aborted already: then this listener never runs',
    why: 'The event is fired once, at the moment of the abort. Whoever listens later hears nothing, and this promise waits for something that has been.',
    help: 'Ask for `{signal}.aborted` first, or call `throwIfAborted`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

const asksFirst = /\.aborted\b|throwIfAborted|isAborted/;

export const abortListenerLeak = defineRule({
  id: 'abort-listener-leak',
  family: 'cancellation',
  principle: 4,
  summary: 'A listener for an abort is never removed, or comes too late to hear of it',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      const listening = isAside(ctx.file) ? undefined : abortListening(call);
      return listening && check(listening, ctx);
    },
  },
});

async function check(listening: AbortListening, ctx: Context): Promise<void> {
  const { call, callee, signal } = listening;
  if (!(await isSignal(signal, ctx))) return;
  if (isSignalMadeHere(signal)) return ctx.silent(call, 'the signal is made here, and ends with the work');
  const data = { signal: signal.getText().replaceAll('?.', '.') };
  if (staysOnSignal(listening)) {
    const [, handler] = call.arguments;
    const isLink = handler !== undefined && ownController(abortedBy(handler)) !== undefined;
    return ctx.report(isLink ? 'link' : 'leak', callee.name, {
      data,
      yieldsTo: ['hand-made-timeout-signal'],
      // Removed or not, a listener that comes too late aborts nothing.
      ...(!isLinkUnchecked(listening) && { fixes: () => [onceFix(call, ctx)] }),
    });
  }
  const wait = missedRemoval(listening, ctx);
  if (wait) {
    const related = [{ file: ctx.file.path, span: spanOf(wait), message: 'when this rejects' }];
    return ctx.report('missed', callee.name, { data, related });
  }
  if (isLinkUnchecked(listening))
    return ctx.report('unlinked', callee.name, { data, yieldsTo: ['hand-made-timeout-signal'] });
  if (!isUnchecked(listening)) return;
  ctx.report('unchecked', callee.name, { data, fixes: () => [checkFix(listening, ctx)] });
}

async function isSignal(expression: Node, { types, knowledge }: Context): Promise<boolean> {
  const type = await types.typeOf(expression);
  if (type.isUnknown) return /signal$/i.test(expression.getText());
  return (await signalType(type, knowledge.cancellation)) === 'AbortSignal';
}

/** Whether a controller is to follow a signal of which nobody asks whether it is aborted already. */
function isLinkUnchecked({ call, fn }: AbortListening): boolean {
  const [, handler] = call.arguments;
  let scope: Node = fn;
  for (let at: Node | undefined = fn; at; at = enclosingFunction(at)) scope = at;
  return handler !== undefined && abortedBy(handler) !== undefined && !asksFirst.test(scope.getText());
}

/** The wait whose rejection passes the removal by, where both stand in the same function. */
function missedRemoval({ call, signal }: AbortListening, { flow, file }: Context): Node | undefined {
  const options = call.arguments[2]?.getText() ?? '';
  if (/\bsignal\b|^[\w$.]+$/.test(options)) return undefined;
  const graph = flow.around(call);
  const removals = namesIn(file.sourceFile, 'removeEventListener').flatMap((name) => {
    const access = name.parent;
    const removal = wrapped(access).parent;
    const isSame = isPropertyAccessExpression(access) && access.expression.getText() === signal.getText();
    const isAbort = isCallExpression(removal) && /^['"`]abort/.test(removal.arguments[0]?.getText() ?? '');
    return isSame && isAbort && flow.rootOf(removal) === graph.root ? [removal] : [];
  });
  if (removals.length === 0) return undefined;
  const miss = flow.missingPath({
    graph,
    from: graph.stepsOf(call).filter((step) => !step.isDead),
    goals: new Set(removals.flatMap((removal) => graph.stepsOf(removal))),
    exceptions: true,
    follows: (edge, step) => edge.kind !== 'closed' && (edge.kind !== 'fault' || step.kind === 'await'),
  });
  return miss?.how === 'fault' ? miss.at : undefined;
}

/** Whether a promise is made here that only the listener lets end early, and nobody looks whether that is so already. */
function isUnchecked({ call, fn, signal }: AbortListening): boolean {
  if (!isExecutor(fn) || !settlesByAbort(call, fn)) return false;
  const scope = enclosingFunction(fn) ?? fn;
  const text = scope.getText();
  if (asksFirst.test(text) || rejectsBefore(fn, signal, scope)) return false;
  const name = signal.getText().replaceAll(/[?!]/g, '');
  const mentions = scope.getText().replaceAll(/[?!]/g, '').split(name).length - 1;
  const subscriptions = text.match(/(?:add|remove)EventListener\(\s*['"`]abort/g)?.length ?? 0;
  // One mention is the parameter, another a condition that asks whether there is a signal at all.
  return isExpressionStatement(wrapped(call).parent) && mentions <= subscriptions + 2;
}

/** Whether the listener settles the promise, itself or by a function of the executor; one that only tidies up does not. */
function settlesByAbort({ arguments: [, given] }: CallExpression, executor: FunctionNode): boolean {
  const handler = given && unwrap(given);
  const declared = handler && isIdentifier(handler) ? declarationName(handler)?.parent : handler;
  const names = [...settlers(executor)];
  const helpers: string[] = [];
  if (!declared || isParameterDeclaration(declared) || names.length === 0) return true;
  const settles = (node: Node): boolean => {
    const text = node.getText();
    return names.some((name) => mentions(text, name, '')) || helpers.some((name) => mentions(text, name, '\\('));
  };
  if (executor.body)
    walkBody(executor.body, (node) => {
      const name = isFunctionNode(node) ? functionName(node)?.text : undefined;
      if (name !== undefined && node !== declared && settles(node)) helpers.push(name);
      return true;
    });
  return settles(declared);
}

function mentions(text: string, name: string, behind: string): boolean {
  return new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])${behind}`).test(text);
}

/** Whether the function has waited for something under this signal before, which rejects after an abort. */
function rejectsBefore(fn: Node, signal: Node, scope: Node): boolean {
  let root = signal;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const names = new Set([signal, root].map((node) => node.getText().replaceAll('?.', '.')));
  let found = false;
  walkBody(scope, (node) => {
    if (found || node.pos >= fn.pos || (node !== scope && isFunctionNode(node))) return false;
    const work = isAwaitExpression(node) ? unwrap(node.expression) : undefined;
    found =
      work !== undefined &&
      isCallExpression(work) &&
      work.arguments.some((argument) => givesSignal(unwrap(argument), names));
    return !found;
  });
  return found;
}

/** `signal`, `options` that have it, `{ signal }`, `{ ...options }`. */
function givesSignal(argument: Node, names: ReadonlySet<string>): boolean {
  if (names.has(argument.getText().replaceAll('?.', '.'))) return true;
  if (!isObjectLiteralExpression(argument)) return false;
  return argument.properties.some((member) => {
    const { initializer, expression, name } = member as {
      readonly [part in 'initializer' | 'expression' | 'name']?: Node;
    };
    const value = initializer ?? expression ?? name;
    return value !== undefined && names.has(value.getText().replaceAll('?.', '.'));
  });
}

function onceFix(call: CallExpression, ctx: Context): Fix | undefined {
  const [, handler, options] = call.arguments;
  const title = 'Add `{ once: true }`';
  const at = options && unwrap(options);
  if (!at) return handler && ctx.fix.safe(title, ctx.fix.after(handler, ', { once: true }'));
  if (!isObjectLiteralExpression(at)) return ctx.fix.safe(title, ctx.fix.replace(at, '{ once: true }'));
  if (at.properties.some((member) => (member as { readonly name?: Node }).name?.getText() === 'once')) return undefined;
  return ctx.fix.safe(title, { file: ctx.file.path, ...addMember(at, 'once: true') });
}

function checkFix({ call, signal, callee }: AbortListening, ctx: Context): Fix | undefined {
  const statement = wrapped(call).parent;
  if (!isExpressionStatement(statement) || isCallExpression(signal)) return undefined;
  const { semicolon, lineBreak } = fileStyle(ctx.file.sourceFile);
  const dot = callee.questionDotToken ? '?.' : '.';
  const line = `${signal.getText()}${dot}throwIfAborted()${semicolon}${lineBreak}${indentAt(ctx.file.text, statement.getStart())}`;
  return ctx.fix.choice('Call `throwIfAborted` first', ctx.fix.before(statement, line));
}
