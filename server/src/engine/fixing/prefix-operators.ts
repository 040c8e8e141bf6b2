/** Putting `await` and `void` before expressions, and taking `await` away. */
import {
  type AwaitExpression,
  isAwaitExpression,
  isCallExpression,
  isNewExpression,
  isParenthesizedExpression,
  isShorthandPropertyAssignment,
  isVoidExpression,
  type Node,
  NodeFlags,
  SyntaxKind,
  skipTrivia,
} from '../../typescript/ast.ts';
import type { PlainEdit } from '../apply-edits.ts';
import {
  beginsOtherwise,
  bindsLooserThanUnary,
  continuingChain,
  isAwaited,
  placeBindsTighterThanUnary,
  statementBeginningWith,
  statementGuard,
} from './place.ts';
import { insertion } from './plain-edits.ts';

/** `await x`; an existing `void x` becomes `await x`. Nothing where it is awaited already. */
export function awaiting(text: string, expression: Node): readonly PlainEdit[] {
  if (isAwaitExpression(expression) || isAwaited(expression)) return [];
  const voided = voidAround(expression);
  if (voided) return [replaceKeyword(voided, 'void', 'await')];
  return prefixed(text, expression, 'await');
}

/** `void x`. Nothing where `void` is there already. */
export function voiding(text: string, expression: Node): readonly PlainEdit[] {
  return voidAround(expression) ? [] : prefixed(text, expression, 'void');
}

/** The `void` expression that a node is, or is the operand of. */
export function voidAround(expression: Node): Node | undefined {
  if (isVoidExpression(expression)) return expression;
  let at = expression.parent;
  while (at && isParenthesizedExpression(at)) at = at.parent;
  return at && isVoidExpression(at) ? at : undefined;
}

function replaceKeyword(node: Node, keyword: string, newText: string): PlainEdit {
  const start = node.getStart();
  return { span: { start, end: start + keyword.length }, newText };
}

function prefixed(text: string, expression: Node, keyword: 'await' | 'void'): readonly PlainEdit[] {
  const start = expression.getStart();
  if (isShorthandPropertyAssignment(expression.parent)) {
    return [insertion(start, `${text.slice(start, expression.end)}: ${keyword} `)];
  }
  const inner = bindsLooserThanUnary(expression) ? ['(', ')'] : ['', ''];
  const isTight = placeBindsTighterThanUnary(expression);
  const outer = isTight ? [`${statementGuard(text, expression)}(`, ')'] : ['', ''];
  return [
    insertion(start, `${outer[0]}${keyword} ${inner[0]}`),
    ...(isTight || inner[1] ? [insertion(expression.end, `${inner[1]}${outer[1]}`)] : []),
    ...(isTight ? continuingChain(text, expression) : []),
  ];
}

/** Takes `await` away, with the parentheses that only it needed; comments stay. */
export function removeAwait(text: string, node: AwaitExpression): readonly PlainEdit[] {
  const start = node.getStart();
  const operand = node.expression;
  const operandStart = operand.getStart();
  const keywordEnd = start + 'await'.length;
  const gap = text.slice(keywordEnd, operandStart);
  const blank = /^[ \t]*/.exec(gap)?.[0].length ?? 0;
  // A line break that a comment brings would end `return` and the like, and one in white space alone goes with the keyword.
  const onlyBlank = gap.trim() === '';
  const end = onlyBlank ? operandStart : keywordEnd + blank;
  const operandText = text.slice(operandStart, operand.end);
  const isSeparated = !/[+-]/.test(text.charAt(start - 1)) || text.charAt(start - 1) !== operandText.charAt(0);

  const around = needlessParentheses(text, node);
  if (around) {
    return [
      { span: { start: around.getStart(), end: around.getStart() + 1 }, newText: '' },
      { span: { start, end }, newText: '' },
      { span: { start: around.end - 1, end: around.end }, newText: '' },
    ];
  }
  const needsParentheses = beginsOtherwise(node, operandText) || (!onlyBlank && /[\r\n]/.test(gap));
  const opening = needsParentheses
    ? `${statementBeginningWith(node) ? statementGuard(text, node) : ''}(`
    : isSeparated
      ? ''
      : ' ';
  const guard = !needsParentheses && /^[([`/+-]/.test(operandText) ? statementGuard(text, node) : '';
  return [{ span: { start, end }, newText: guard + opening }, ...(needsParentheses ? [insertion(node.end, ')')] : [])];
}

/** The parentheses around an `await`, if a chain goes on after them and the operand alone can stand in it. */
function needlessParentheses(text: string, node: AwaitExpression): Node | undefined {
  const around = node.parent;
  if (!isParenthesizedExpression(around) || !placeBindsTighterThanUnary(around)) return undefined;
  const operand = node.expression;
  if (!standsInChain(operand) || (operand.flags & NodeFlags.OptionalChain) !== 0) return undefined;
  // `new (await load())()` is not `new load()()`.
  if (isNewExpression(around.parent)) return undefined;
  if (beginsOtherwise(around, text.slice(operand.getStart(), operand.end))) return undefined;
  const isAlone =
    skipTrivia(text, around.getStart() + 1, false, true) === node.getStart() &&
    !/[\r\n]/.test(text.slice(around.getStart(), node.getStart()));
  return isAlone ? around : undefined;
}

/** Calls, accesses and names: what may be followed by `.name` as it is. */
function standsInChain(node: Node): boolean {
  if (isCallExpression(node)) return true;
  switch (node.kind) {
    case SyntaxKind.Identifier:
    case SyntaxKind.ThisKeyword:
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
      return true;
    default:
      return false;
  }
}
