import type { Span } from '../../model/span.ts';
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isFunctionNode,
  isNewExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';

const longest = 32;

/** An expression as a message names it: its own text where that is short, else calls without their arguments. */
export function shortName(expression: Node): string {
  const node = unwrap(expression);
  const text = oneLine(node.getText());
  if (text.length <= longest) return text;
  if (isAwaitExpression(node)) return `await ${shortName(node.expression)}`;
  const whole = abbreviated(node);
  if (whole.length <= 2 * longest) return whole;
  const callee = isCallExpression(node) ? unwrap(node.expression) : undefined;
  return callee && isPropertyAccessExpression(callee) ? `….${callee.name.text}(…)` : '…';
}

function abbreviated(expression: Node): string {
  const node = unwrap(expression);
  if (isCallExpression(node)) {
    const callee = unwrap(node.expression);
    if (isFunctionNode(callee)) return isAsyncFunction(callee) ? '(async …)()' : '(…)()';
    return `${abbreviated(callee)}(${node.arguments.length > 0 ? '…' : ''})`;
  }
  if (isPropertyAccessExpression(node)) {
    return `${abbreviated(node.expression)}${node.questionDotToken ? '?.' : '.'}${node.name.text}`;
  }
  if (isNewExpression(node)) return `new ${abbreviated(node.expression)}(…)`;
  if (isTaggedTemplateExpression(node)) return `${abbreviated(node.tag)}\`…\``;
  if (isArrayLiteralExpression(node)) return '[…]';
  const text = oneLine(node.getText());
  return text.length <= longest ? text : '…';
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, '');
}

/**
 * The part of an expression to underline: all of it where it stands on one line, else the part of its head that does.
 * It begins where the expression begins, so that a comment above the statement speaks of it.
 */
export function namingSpan(expression: Node): Span {
  const { text } = expression.getSourceFile();
  const start = expression.getStart();
  for (let at: Node | undefined = expression; at; at = headOf(at)) {
    if (!text.slice(start, at.end).includes('\n')) return { start, end: at.end };
  }
  return { start, end: firstTokenEnd(expression, text) };
}

/** The sub-expression at the same start: what is called, read from or tagged. */
function headOf(node: Node): Node | undefined {
  if (
    isCallExpression(node) ||
    isPropertyAccessExpression(node) ||
    isElementAccessExpression(node) ||
    isNewExpression(node)
  )
    return node.expression;
  if (isTaggedTemplateExpression(node)) return node.tag;
  return undefined;
}

/** `(async () => …`, `new Promise`, `async function`, or the first word or bracket. */
function firstTokenEnd(expression: Node, text: string): number {
  if (isNewExpression(expression)) return expression.expression.end;
  let head: Node = expression;
  for (let at = headOf(head); at; at = headOf(at)) head = at;
  const fn = isParenthesizedExpression(head) ? unwrap(head) : head;
  const start = expression.getStart();
  if (isFunctionNode(fn)) {
    const { body } = fn as { readonly body?: Node };
    const end = isArrowFunction(fn) ? fn.equalsGreaterThanToken.end : body && isBlock(body) ? body.getStart() : fn.end;
    const signature = text.slice(start, end).trimEnd();
    return signature.includes('\n') ? start + signature.indexOf('\n') : start + signature.length;
  }
  return start + (/^[\w$]+|^./.exec(text.slice(start))?.[0].length ?? 1);
}
