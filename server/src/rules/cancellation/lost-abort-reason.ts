import { signalType } from '../../facts/cancellation/signal-types.ts';
import { isAside } from '../../facts/cancellation/signal-work.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type CallExpression,
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
  type NewExpression,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
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
} as const;

type Context = RuleContext<keyof typeof messages>;

export const lostAbortReason = defineRule({
  id: 'lost-abort-reason',
  family: 'cancellation',
  principle: 4,
  summary: 'An abort is answered with a plain error that nobody can tell from a failure',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    IfStatement(statement, ctx) {
      const signal = isAside(ctx.file) ? undefined : abortedIn(statement);
      return signal && checkBranch(statement.thenStatement, signal, ctx);
    },
    CallExpression(call, ctx) {
      const signal = isAside(ctx.file) ? undefined : listenedTo(call);
      const handler = call.arguments[1] && unwrap(call.arguments[1]);
      return signal && handler && isFunctionNode(handler) ? checkListener(handler, signal, ctx) : undefined;
    },
  },
});

/** The signal of `if (signal.aborted)`; another condition may stand beside it. */
function abortedIn({ expression }: IfStatement): Node | undefined {
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

async function checkBranch(branch: Node, signal: Node, ctx: Context): Promise<void> {
  const statements = isBlock(branch) ? branch.statements : [branch];
  for (const statement of statements) {
    if (!isThrowStatement(statement) || !statement.expression) continue;
    const error = plainError(statement.expression);
    if (error && (await isSignal(signal, ctx))) report('thrown', error, signal, ctx);
  }
}

/** `() => reject(new Error('aborted'))` */
async function checkListener(handler: Node, signal: Node, ctx: Context): Promise<void> {
  const rejected: NewExpression[] = [];
  const look = (node: Node): void => {
    if (isIfStatement(node)) return;
    if (isCallExpression(node) && isIdentifier(node.expression) && /^reject\w*$/.test(node.expression.text)) {
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

function report(key: keyof typeof messages, error: NewExpression, signal: Node, ctx: Context): void {
  const text = signal.getText().replaceAll('?.', '.');
  ctx.report(key, error, { data: { signal: text }, fixes: () => fixes(key, error, text, ctx) });
}

function fixes(key: keyof typeof messages, error: NewExpression, signal: string, ctx: Context): readonly Fix[] {
  const reason = `${signal.replaceAll('!', '')}.reason`;
  const title = key === 'thrown' ? `Throw \`${reason}\`` : `Reject with \`${reason}\``;
  const [message] = error.arguments ?? [];
  const withCause =
    message && ctx.fix.choice('Give the reason as the cause', ctx.fix.after(message, `, { cause: ${reason} }`));
  return [ctx.fix.choice(title, ctx.fix.replace(error, reason)), ...(withCause ? [withCause] : [])];
}
