import { isAside } from '../../facts/cancellation/signal-work.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type CallExpression,
  enclosingFunction,
  type Identifier,
  isArrowFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isStringLiteral,
  isVariableDeclaration,
  isVariableStatement,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  timeout: {
    text: 'A timer that aborts `{controller}` is what `AbortSignal.timeout` is for',
    why: 'A timer of its own has to be cleared on every way out, keeps the process alive until then, and its abort looks like one that a person asked for. `AbortSignal.timeout` needs no clearing, and its reason is a `TimeoutError`.',
    help: 'Use `AbortSignal.timeout({ms})`.',
  },
  linked: {
    text: 'Passing the abort of `{signal}` on to `{controller}` is what `AbortSignal.any` is for',
    why: 'A listener has to be removed when the work ends, has to be preceded by a look at `aborted`, and loses the reason unless it is passed on. `AbortSignal.any` does all of it.',
    help: 'Use `AbortSignal.any([{signal}, {controller}.signal])`.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

export const handMadeTimeoutSignal = defineRule({
  id: 'hand-made-timeout-signal',
  family: 'cancellation',
  principle: 4,
  summary: 'A controller does what `AbortSignal.timeout` or `AbortSignal.any` does',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      if (isAside(ctx.file)) return;
      if (isIdentifier(call.expression) && call.expression.text === 'setTimeout') checkTimer(call, ctx);
      else checkListener(call, ctx);
    },
  },
});

/** A controller of this function, and all that is done with it. */
interface Controller {
  readonly name: Identifier;
  readonly uses: readonly Use[];
}

interface Use {
  readonly at: Node;
  readonly member: string | undefined;
}

function checkTimer(call: CallExpression, ctx: Context): void {
  const [callback, ms] = call.arguments;
  const controller = callback && ms && controllerOf(abortedBy(callback));
  if (!controller || controller.uses.filter(({ member }) => member === 'abort').length > 1) return;
  const timer = timerName(call);
  if (timer === 'unknown') return;
  const uses = timer ? referencesTo(timer) : [];
  // Set again, given away or refreshed: a timer that is more than a deadline.
  if (uses.some((use) => !isCleared(use)) || inLoopUnlike(call, controller)) return;
  ctx.report('timeout', call.expression, {
    data: { controller: controller.name.text, ms: ms.getText().slice(0, 24) },
    fixes: () => [timeoutFix(call, controller, ms, uses, ctx)],
  });
}

function checkListener(call: CallExpression, ctx: Context): void {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'addEventListener') return;
  const [event, callback] = call.arguments;
  const name = event && unwrap(event);
  if (!callback || !name || !isStringLiteral(name) || name.text !== 'abort') return;
  const controller = controllerOf(abortedBy(callback));
  if (!controller) return;
  const signal = callee.expression.getText();
  if (controllerOf(callee.expression) || /AbortSignal\./.test(signal)) return;
  ctx.report('linked', callee.name, {
    data: { signal: signal.slice(0, 20), controller: controller.name.text.slice(0, 16) },
  });
}

/** What a callback aborts and nothing else: `() => controller.abort()`. */
function abortedBy(callback: Node): Node | undefined {
  const fn = unwrap(callback);
  if (!isArrowFunction(fn) && !isFunctionExpression(fn)) return undefined;
  const { body } = fn;
  if (!body) return undefined;
  const [only, another] = isBlock(body) ? body.statements : [body];
  const call = only && !another ? unwrap(isExpressionStatement(only) ? only.expression : only) : undefined;
  if (!call || !isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression);
  // A reason of its own says more than a timeout does.
  if (call.arguments.length > 0 && !/\.reason$/.test(call.arguments[0]?.getText() ?? '')) return undefined;
  return isPropertyAccessExpression(callee) && callee.name.text === 'abort' ? unwrap(callee.expression) : undefined;
}

/** A constant of the same function that is a new controller and is not handed out. */
function controllerOf(expression: Node | undefined): Controller | undefined {
  if (!expression || !isIdentifier(expression)) return undefined;
  const name = declarationName(expression);
  const declaration = name?.parent;
  if (!name || !isIdentifier(name) || !declaration || !isVariableDeclaration(declaration)) return undefined;
  const value = declaration.initializer;
  if (!value || !isNewExpression(value) || value.expression.getText() !== 'AbortController') return undefined;
  const uses = referencesTo(name).map((at): Use => {
    const { parent } = wrapped(at);
    return { at, member: isPropertyAccessExpression(parent) ? parent.name.text : undefined };
  });
  // A function that gives the signal to its caller is what `AbortSignal.timeout` and `AbortSignal.any` are.
  if (uses.some(({ at, member }) => member === 'signal' && isReturnStatement(wrapped(at).parent.parent)))
    return undefined;
  return uses.every(({ member }) => member === 'signal' || member === 'abort') ? { name, uses } : undefined;
}

function timerName(call: CallExpression): Identifier | undefined | 'unknown' {
  const { parent } = wrapped(call);
  if (isExpressionStatement(parent)) return undefined;
  return isVariableDeclaration(parent) && isIdentifier(parent.name) ? parent.name : 'unknown';
}

function isCleared(use: Node): boolean {
  const { parent } = wrapped(use);
  return isCallExpression(parent) && parent.expression.getText() === 'clearTimeout';
}

/** A timer in another function than its controller is started by some event. */
function inLoopUnlike(call: CallExpression, { name }: Controller): boolean {
  return enclosingFunction(call) !== enclosingFunction(name);
}

/** Where all is plain: the controller, its timer and the clearing go, and the signal is made where it was read. */
function timeoutFix(
  call: CallExpression,
  { name, uses }: Controller,
  ms: Node,
  cleared: readonly Node[],
  ctx: Context,
): Fix | undefined {
  const signals = uses.filter(({ member }) => member === 'signal');
  const [only, another] = signals;
  const declaration = name.parent.parent.parent;
  const timer = statementOf(call);
  const clearings = cleared.map((use) => statementOf(use));
  if (!only || another || !isVariableStatement(declaration) || !timer) return undefined;
  if (declaration.declarationList.declarations.length !== 1 || !isPlain(ms)) return undefined;
  // A `finally` that would be left empty is for a person to take away.
  const statements = clearings.filter((statement) => statement !== undefined);
  if (statements.length < clearings.length || statements.some((one) => isAlone(one))) return undefined;
  const read = wrapped(only.at).parent;
  return ctx.fix.choice(
    'Use `AbortSignal.timeout`',
    ctx.fix.replace(read, `AbortSignal.timeout(${ms.getText()})`),
    [declaration, timer, ...statements].map((statement) => ctx.fix.remove(wholeLine(statement, ctx.file.text))),
  );
}

function statementOf(node: Node): Node | undefined {
  let at = node;
  while (at.parent && !isExpressionStatement(at) && !isVariableStatement(at)) at = at.parent;
  return at.parent && isBlock(at.parent) ? at : undefined;
}

function isAlone(statement: Node): boolean {
  return isBlock(statement.parent) && statement.parent.statements.length === 1;
}

function isPlain(ms: Node): boolean {
  return /^[\w$.\s*_]+$/.test(ms.getText());
}

function wholeLine(statement: Node, text: string): { readonly start: number; readonly end: number } {
  const start = statement.getStart();
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', statement.end);
  const isWhole = /^[ \t]*$/.test(text.slice(line, start)) && /^[ \t;]*$/.test(text.slice(statement.end, end));
  return isWhole && end >= 0 ? { start: line, end: end + 1 } : { start, end: statement.end };
}
