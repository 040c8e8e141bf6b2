import {
  type Block,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionExpression,
  isIdentifier,
  isStringLiteral,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import { memberOf, nameOf } from '../../../typescript/promise-syntax.ts';

/** A handler for all rejections of a program that does nothing with them. */
export interface GlobalHandler {
  readonly handler: Node;
  /** The event's name, or the property that the handler is set to. */
  readonly name: Node;
  /** Whether the handler is given an event, with the reason in it, as browsers do. */
  readonly takesEvent: boolean;
}

/** `process.on('unhandledRejection', () => {})`, `addEventListener('unhandledrejection', …)`, `onunhandledrejection = …`. */
export function globalHandler(node: Node): GlobalHandler | undefined {
  const found = listener(node) ?? property(node);
  return found && doesNothing(found.handler) ? found : undefined;
}

function listener(node: Node): GlobalHandler | undefined {
  if (!isCallExpression(node)) return undefined;
  const [event, handler] = node.arguments;
  if (!event || !handler || !isStringLiteral(event)) return undefined;
  const how = lastName(node.expression);
  if (event.text === 'unhandledRejection') {
    const base = memberOf(node.expression)?.base;
    const isProcess = base !== undefined && nameOf(base) === 'process';
    return isProcess && /^(?:on|once|addListener|prependListener)$/.test(how ?? '')
      ? { handler, name: event, takesEvent: false }
      : undefined;
  }
  if (event.text !== 'unhandledrejection' || how !== 'addEventListener') return undefined;
  return { handler, name: event, takesEvent: true };
}

function property(node: Node): GlobalHandler | undefined {
  if (!isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  const member = memberOf(node.left);
  if (member?.name !== 'onunhandledrejection') return undefined;
  return { handler: node.right, name: member.at, takesEvent: true };
}

function doesNothing(handler: Node): boolean {
  const fn = unwrap(handler);
  if (!isArrowFunction(fn) && !isFunctionExpression(fn)) return false;
  const body = fn.body as Block | Node;
  if (!isBlock(body)) return hides(body);
  return body.statements.every((statement) => isExpressionStatement(statement) && hides(statement.expression));
}

/** `event.preventDefault()` only takes the browser's own message away. */
function hides(expression: Node): boolean {
  const at = unwrap(expression);
  return (
    (isCallExpression(at) && lastName(at) === 'preventDefault') ||
    at.kind === SyntaxKind.NullKeyword ||
    (isIdentifier(at) && at.text === 'undefined')
  );
}
