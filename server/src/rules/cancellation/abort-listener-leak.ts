import { fileStyle, indentAt } from '../../engine/fixing/file-style.ts';
import { addMember } from '../../engine/signal-fixes.ts';
import { signalType } from '../../facts/cancellation/signal-types.ts';
import { isAside } from '../../facts/cancellation/signal-work.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  type Node,
  type PropertyAccessExpression,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  leak: {
    text: 'This listener stays on `{signal}` when the work is done: one more with every call',
    why: 'A signal may live much longer than one call: that of a session, of a component, of the program. Each call leaves a function on it, with everything that the function holds, and on abort all of them run.',
    help: 'Add `{ once: true }`, and remove the listener when the work ends.',
  },
  unchecked: {
    text: '`{signal}` may be aborted already: then this listener never runs',
    why: 'The event is fired once, at the moment of the abort. Whoever listens later hears nothing, and this promise waits for something that has been.',
    help: 'Ask for `{signal}.aborted` first, or call `throwIfAborted`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

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
      const listening = isAside(ctx.file) ? undefined : listeningIn(call);
      return listening && check(listening, ctx);
    },
  },
});

interface Listening {
  readonly call: CallExpression;
  readonly callee: PropertyAccessExpression;
  readonly signal: Node;
  readonly fn: FunctionNode;
}

/** `signal.addEventListener('abort', …)` in a function. */
function listeningIn(call: CallExpression): Listening | undefined {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'addEventListener') return undefined;
  const event = call.arguments[0] && unwrap(call.arguments[0]);
  if (!event || !isStringLiteral(event) || event.text !== 'abort' || !call.arguments[1]) return undefined;
  const fn = enclosingFunction(call);
  return fn && { call, callee, signal: unwrap(callee.expression), fn };
}

async function check(listening: Listening, ctx: Context): Promise<void> {
  const { call, callee, signal } = listening;
  if (!(await isSignal(signal, ctx))) return;
  if (isMadeHere(signal)) return ctx.silent(call, 'the signal is made here, and ends with the work');
  const data = { signal: signal.getText().replaceAll('?.', '.') };
  if (!isOnce(call) && !isRemoved(listening) && !isOfCallback(signal)) {
    ctx.report('leak', callee.name, { data, fixes: () => [onceFix(call, ctx)] });
    return;
  }
  if (!isUnchecked(listening)) return;
  ctx.report('unchecked', callee.name, { data, fixes: () => [checkFix(listening, ctx)] });
}

async function isSignal(expression: Node, { types, knowledge }: Context): Promise<boolean> {
  const type = await types.typeOf(expression);
  if (type.isUnknown) return /signal$/i.test(expression.getText());
  return (await signalType(type, knowledge.cancellation)) === 'AbortSignal';
}

/** `controller.signal` of a controller that is made in this file, and combinations and timeouts made in this function. */
function isMadeHere(signal: Node): boolean {
  if (/AbortSignal\./.test(signal.getText())) return true;
  if (
    isPropertyAccessExpression(signal) &&
    signal.name.text === 'signal' &&
    /controller|^ac\b/i.test(signal.expression.getText())
  )
    return true;
  const root = isPropertyAccessExpression(signal) ? unwrap(signal.expression) : signal;
  const declared = isIdentifier(root) ? declarationName(root)?.parent : undefined;
  if (!declared || !isVariableDeclaration(declared)) return false;
  if (!declared.initializer) return true;
  const text = declared.initializer.getText();
  // What is made by a call may live as long as what is made here.
  return /new AbortController|AbortSignal\.|[cC]ontroller\b.*\.signal$/.test(text) || !/[sS]ignal$/.test(text);
}

/** The signal of a request, or a parameter of a callback that is written in a call: it is made for this one time. */
function isOfCallback(signal: Node): boolean {
  if (/(?:^|\.)(?:req|request|\w*Request)\??\.(?:raw\.)?signal$/.test(signal.getText())) return true;
  let root = signal;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const declared = isIdentifier(root) ? declarationName(root)?.parent : undefined;
  let at: Node | undefined = declared;
  while (at && !isFunctionNode(at)) at = isVariableDeclaration(at) ? undefined : at.parent;
  return at !== undefined && isCallExpression(wrapped(at).parent);
}

/** `{ once: true }`, `{ signal }`, or options that are made elsewhere. */
function isOnce({ arguments: [, , options] }: CallExpression): boolean {
  const at = options && unwrap(options);
  if (!at || at.getText() === 'false' || at.getText() === 'true') return false;
  if (!isObjectLiteralExpression(at)) return true;
  return at.properties.some((member) => {
    const name = (member as { readonly name?: Node }).name?.getText();
    return name === undefined || name === 'signal' || (name === 'once' && !/:\s*false$/.test(member.getText()));
  });
}

/** Whether the outermost function around, or its class, takes a listener for aborts away again. */
function isRemoved({ fn, signal }: Listening): boolean {
  let scope: Node = fn;
  while (scope.parent?.parent) scope = scope.parent;
  const text = scope.getText();
  if (!/removeEventListener\(\s*['"`]abort/.test(text)) return false;
  const name = signal.getText().split(/\??\./).at(-1) ?? '';
  return new RegExp(`\\b${name.replace('#', '')}!?\\??\\.removeEventListener\\(\\s*['"\`]abort`).test(text);
}

/** Whether a promise is made here that only the listener lets end early, and nobody looks whether that is so already. */
function isUnchecked({ call, fn, signal }: Listening): boolean {
  if (!isExecutor(fn)) return false;
  const scope = enclosingFunction(fn) ?? fn;
  const text = scope.getText();
  if (/\.aborted\b|throwIfAborted|isAborted/.test(text)) return false;
  const name = signal.getText().replaceAll(/[?!]/g, '');
  const mentions = scope.getText().replaceAll(/[?!]/g, '').split(name).length - 1;
  const subscriptions = text.match(/(?:add|remove)EventListener\(\s*['"`]abort/g)?.length ?? 0;
  // One mention is the parameter, another a condition that asks whether there is a signal at all.
  return isExpressionStatement(wrapped(call).parent) && mentions <= subscriptions + 2;
}

function isExecutor(fn: Node): boolean {
  const owner = wrapped(fn).parent;
  return isNewExpression(owner) && owner.expression.getText() === 'Promise';
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

function checkFix({ call, signal, callee }: Listening, ctx: Context): Fix | undefined {
  const statement = wrapped(call).parent;
  if (!isExpressionStatement(statement) || isCallExpression(signal)) return undefined;
  const { semicolon, lineBreak } = fileStyle(ctx.file.sourceFile);
  const dot = callee.questionDotToken ? '?.' : '.';
  const line = `${signal.getText()}${dot}throwIfAborted()${semicolon}${lineBreak}${indentAt(ctx.file.text, statement.getStart())}`;
  return ctx.fix.choice('Call `throwIfAborted` first', ctx.fix.before(statement, line));
}
