/** Edits that take `await` away. */
import type { TextEdit } from '../model/finding.ts';
import type { Span } from '../model/span.ts';
import { type AwaitExpression, isArrowFunction, isExpressionStatement, isForOfStatement, type Node } from './ast.ts';

/** What the edits need of a fix builder. */
interface Edits {
  insert(at: number, newText: string): TextEdit;
  remove(where: Node | Span): TextEdit;
}

/**
 * `await x` → `x`. Comments between the two stay.
 * @returns undefined where what remains would be read as something else
 */
export function withoutAwait(node: AwaitExpression, fix: Edits): readonly TextEdit[] | undefined {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const operand = node.expression;
  const first = text.charAt(operand.getStart());
  // `- await -x` would become `--x`.
  if (/[+-]/.test(first) && /[+-]\s*$/.test(text.slice(Math.max(0, start - 2), start))) return undefined;
  const afterKeyword = start + 'await'.length;
  const space = /^\s*/.exec(text.slice(afterKeyword))?.[0].length ?? 0;
  const removal = fix.remove({ start, end: afterKeyword + space });
  if (!startsStatement(node)) return [removal];
  const opening = text.slice(operand.getStart());
  if (/^(?:\{|function\b|class\b|async\s+function\b|let\s*\[)/.test(opening))
    return [removal, fix.insert(operand.getStart(), '('), fix.insert(operand.end, ')')];
  if (isBody(node) || !/[([`+\-/]/.test(first)) return [removal];
  // Without a semicolon before it, the line would be read as the rest of the one above.
  const before = text.slice(0, start).trimEnd();
  return /[;{}]$/.test(before) || before === '' ? [removal] : undefined;
}

/** `for await (…)` → `for (…)`, `await using` → `using`. */
export function withoutAwaitModifier(node: Node, fix: Edits): readonly TextEdit[] {
  const { text } = node.getSourceFile();
  const from = isForOfStatement(node) && node.awaitModifier ? node.awaitModifier.getStart() : node.getStart();
  const space = /^\s*/.exec(text.slice(from + 'await'.length))?.[0].length ?? 0;
  return [fix.remove({ start: from, end: from + 'await'.length + space })];
}

/** Whether the expression's first token is the first of a statement, or of an arrow function's body. */
function startsStatement(node: Node): boolean {
  const start = node.getStart();
  for (let at = node.parent; at; at = at.parent) {
    if (isArrowFunction(at)) return at.body.getStart() === start;
    if (at.getStart() !== start) return false;
    if (isExpressionStatement(at)) return true;
  }
  return false;
}

function isBody(node: Node): boolean {
  const start = node.getStart();
  for (let at = node.parent; at && !isExpressionStatement(at); at = at.parent)
    if (isArrowFunction(at)) return at.body.getStart() === start;
  return false;
}
