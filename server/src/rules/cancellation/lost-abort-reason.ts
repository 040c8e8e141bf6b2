import { abortCheckFixes } from '../../engine/abort-fixes.ts';
import { signalType } from '../../facts/cancellation/signal-types.ts';
import { isAside } from '../../facts/cancellation/signal-work.ts';
import type { Fix } from '../../model/finding.ts';
import { flag } from '../../model/rule.ts';
import {
  type CallExpression,
  type CatchClause,
  calleeName,
  enclosingFunction,
  type IfStatement,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isThrowStatement,
  isVariableDeclaration,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  spanOf,
  type TryStatement,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  thrown: {
    text: 'This error says nothing of an abort: the reason of `{signal}` is lost',
    why: 'Whoever catches it asks for `AbortError`, or for the reason that was given to `abort`. A plain error looks like a failure: it is logged, shown and tried again.',
    help: 'Throw `{signal}.reason`, or give it as the `cause`.',
  },
  rejected: {
    text: 'The promise is rejected with a plain error: the reason of `{signal}` is lost',
    why: 'Whoever catches it asks for `AbortError`, or for the reason that was given to `abort`. A plain error looks like a failure: it is logged, shown and tried again.',
    help: 'Reject with `{signal}.reason`, or give it as the `cause`.',
  },
  wrapped: {
    text: '`{error}` is thrown for an abort of `{signal}` too: nobody can tell that it was one',
    why: 'An abort comes as an error into this `catch`, and leaves it as another one. Whoever catches that asks for `AbortError`, and takes the abort for a failure.',
    help: 'Let the abort pass first: `{signal}.throwIfAborted()`.',
  },
} as const;

const options = {
  wrapped: flag(
    false,
    'Also report a `catch` around work that can be aborted, that throws an error of its own for every failure. On under `all`.',
    'all',
  ),
} as const;

type Context = RuleContext<keyof typeof messages, typeof options>;

export const lostAbortReason = defineRule({
  id: 'lost-abort-reason',
  family: 'cancellation',
  principle: 4,
  summary: 'An abort is answered with a plain error that nobody can tell from a failure',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options,
  messages,
  on: {
    CatchClause(clause, ctx) {
      return ctx.options.wrapped && !isAside(ctx.file) ? checkWrapped(clause, ctx) : undefined;
    },
    IfStatement(statement, ctx) {
      if (isAside(ctx.file)) return undefined;
      const signal = abortedIn(statement);
      if (signal) return checkBranch(statement.thenStatement, signal, ctx);
      return asksForAbortError(statement, ctx) ? checkCaught(statement, ctx) : undefined;
    },
    ConditionalExpression({ condition, whenTrue }, ctx) {
      const signal = isAside(ctx.file) ? undefined : abortedIn({ expression: condition });
      const at = unwrap(whenTrue);
      const given = isCallExpression(at) && isRejecting(at) ? at.arguments[0] : undefined;
      const error = signal && given && plainError(given);
      return error && checkRejected(error, signal, ctx);
    },
    CallExpression(call, ctx) {
      const signal = isAside(ctx.file) ? undefined : listenedTo(call);
      const handler = signal && handlerOf(call.arguments[1]);
      return signal && handler ? checkListener(handler, signal, ctx) : undefined;
    },
    BinaryExpression({ left, operatorToken, right }, ctx) {
      const target = unwrap(left);
      if (operatorToken.kind !== SyntaxKind.EqualsToken || !isPropertyAccessExpression(target)) return undefined;
      const handler = target.name.text === 'onabort' && !isAside(ctx.file) ? handlerOf(right) : undefined;
      return handler && checkListener(handler, unwrap(target.expression), ctx);
    },
  },
});

/** The signal of `if (signal.aborted)`; another condition may stand beside it. */
function abortedIn({ expression }: Pick<IfStatement, 'expression'>): Node | undefined {
  let found: Node | undefined;
  const look = (node: Node): void => {
    const at = unwrap(node);
    if (isPropertyAccessExpression(at) && at.name.text === 'aborted') found = at.expression;
    // `!signal.aborted` and `a || signal.aborted` say nothing of this branch.
    const { operatorToken } = at as { readonly operatorToken?: Node };
    if (!found && operatorToken?.getText() === '&&') at.forEachChild(look);
  };
  look(expression);
  return found;
}

function listenedTo(call: CallExpression): Node | undefined {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'addEventListener') return undefined;
  const event = call.arguments[0] && unwrap(call.arguments[0]);
  return event && isStringLiteral(event) && event.text === 'abort' ? unwrap(callee.expression) : undefined;
}

/** The function that is given, where it stands or by its name in the same file. */
function handlerOf(given: Node | undefined): Node | undefined {
  const at = given && unwrap(given);
  if (!at || isFunctionNode(at)) return at;
  const declared = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  if (!declared) return undefined;
  if (isFunctionNode(declared)) return declared;
  const value = isVariableDeclaration(declared) && declared.initializer ? unwrap(declared.initializer) : undefined;
  return value && isFunctionNode(value) ? value : undefined;
}

/** `if (error.name === 'AbortError')` in a `catch`, or a function of the same purpose: nothing else is asked. */
function asksForAbortError({ expression }: IfStatement, { knowledge: { cancellation } }: Context): boolean {
  const at = unwrap(expression);
  if (isCallExpression(at)) return cancellation.asks(lastName(at.expression) ?? '') && at.arguments.length > 0;
  // `a || b` may have been something else.
  if (/\|\|/.test(at.getText())) return false;
  const name = /\.(?:name|code|message)\s*={2,3}\s*['"`](\w+)['"`]$/.exec(at.getText())?.[1];
  return name !== undefined && cancellation.isAbortError(name);
}

/** The abort error that a `catch` was given stands for the reason. A controller of one's own has words of its own. */
async function checkCaught(statement: IfStatement, ctx: Context): Promise<void> {
  const [error] = plainErrorsIn(statement.thenStatement);
  const fn = enclosingFunction(statement);
  if (!error || !fn || /new AbortController|AbortSignal\.timeout/.test(fn.getText())) return;
  const signals = await ctx.facts.cancellation.signalsAt(statement);
  const signal = signals.find(({ type, from }) => type === 'AbortSignal' && from !== 'own');
  if (!signal || /timeout/i.test(`${signal.text} ${error.error.getText()}`)) return;
  ctx.report(error.how, error.error, {
    data: { signal: signal.text.replaceAll('?.', '.') },
    fixes: () => fixes(error.how, error.error, signal.text, ctx),
  });
}

async function checkBranch(branch: Node, signal: Node, ctx: Context): Promise<void> {
  for (const { error, how } of plainErrorsIn(branch)) if (await isSignal(signal, ctx)) report(how, error, signal, ctx);
}

/** `catch (error) { throw new LoadError('failed', error); }` around what an abort makes fail. */
async function checkWrapped(clause: CatchClause, ctx: Context): Promise<void> {
  const last = clause.block.statements.at(-1);
  const error = last && isThrowStatement(last) && last.expression ? unwrap(last.expression) : undefined;
  if (!error || !isNewExpression(error) || !enclosingFunction(clause)) return;
  // Whoever speaks of aborts there has thought of them.
  if (/abort|cancel|signal|DOMException/i.test(clause.getText())) return;
  const signals = await ctx.facts.cancellation.signalsAt(clause);
  const signal = signals.find(({ type, from }) => type === 'AbortSignal' && from !== 'own');
  const call =
    signal && (await ctx.facts.cancellation.cancellableCall((clause.parent as TryStatement).tryBlock, signals));
  if (!signal || !call) return;
  ctx.report('wrapped', error.expression, {
    data: { error: error.expression.getText(), signal: signal.text.replaceAll('?.', '.') },
    related: [{ file: ctx.file.path, span: spanOf(calleeName(call)), message: 'rejects when it is aborted' }],
    fixes: () => abortCheckFixes(clause, signal, ctx),
  });
}

/** `signal.aborted ? Promise.reject(new Error(…)) : …` */
async function checkRejected(error: NewExpression, signal: Node, ctx: Context): Promise<void> {
  if (await isSignal(signal, ctx)) report('rejected', error, signal, ctx);
}

interface PlainError {
  readonly error: NewExpression;
  readonly how: 'thrown' | 'rejected';
}

/** `throw new Error(…)`, `reject(new Error(…))` and `return Promise.reject(new Error(…))` among the statements of a branch. */
function plainErrorsIn(branch: Node): readonly PlainError[] {
  const statements = isBlock(branch) ? branch.statements : [branch];
  return statements.flatMap((statement): readonly PlainError[] => {
    const { expression } = statement as { readonly expression?: Node };
    const at = expression && unwrap(expression);
    if (!at) return [];
    const isThrown = isThrowStatement(statement);
    const [given] = !isThrown && isCallExpression(at) && isRejecting(at) ? at.arguments : [isThrown ? at : undefined];
    const error = given && plainError(given);
    return error ? [{ error, how: isThrown ? 'thrown' : 'rejected' }] : [];
  });
}

function isRejecting({ expression }: CallExpression): boolean {
  return /^(?:Promise\.reject|reject\w*)$/.test(expression.getText());
}

/** `() => reject(new Error('aborted'))` */
async function checkListener(handler: Node, signal: Node, ctx: Context): Promise<void> {
  const rejected: NewExpression[] = [];
  const look = (node: Node): void => {
    if (isIfStatement(node)) return;
    if (isCallExpression(node) && isRejecting(node)) {
      const error = node.arguments[0] && plainError(node.arguments[0]);
      if (error) rejected.push(error);
    }
    node.forEachChild(look);
  };
  look(handler);
  const [error] = rejected;
  if (error && (await isSignal(signal, ctx))) report('rejected', error, signal, ctx);
}

/** `new Error(message)` without a cause. */
function plainError(expression: Node): NewExpression | undefined {
  const at = unwrap(expression);
  if (!isNewExpression(at) || at.expression.getText() !== 'Error') return undefined;
  return (at.arguments?.length ?? 0) < 2 ? at : undefined;
}

/** A signal from outside: whoever has the controller knows best what its abort means. */
async function isSignal(expression: Node, { types, knowledge }: Context): Promise<boolean> {
  if (/controller\b|timeout/i.test(expression.getText())) return false;
  const type = await types.typeOf(expression);
  if (type.isUnknown) return /signal$/i.test(expression.getText());
  return (await signalType(type, knowledge.cancellation)) === 'AbortSignal';
}

function report(key: 'thrown' | 'rejected', error: NewExpression, signal: Node, ctx: Context): void {
  const text = signal.getText().replaceAll('?.', '.');
  ctx.report(key, error, { data: { signal: text }, fixes: () => fixes(key, error, text, ctx) });
}

function fixes(key: 'thrown' | 'rejected', error: NewExpression, signal: string, ctx: Context): readonly Fix[] {
  const reason = `${signal.replaceAll('!', '')}.reason`;
  const title = key === 'thrown' ? `Throw \`${reason}\`` : `Reject with \`${reason}\``;
  const [message] = error.arguments ?? [];
  const withCause =
    message && ctx.fix.choice('Give the reason as the cause', ctx.fix.after(message, `, { cause: ${reason} }`));
  return [ctx.fix.choice(title, ctx.fix.replace(error, reason)), ...(withCause ? [withCause] : [])];
}
