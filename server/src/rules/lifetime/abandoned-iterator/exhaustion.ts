import type { HeldUse } from '../../../facts/lifetime/held-values.ts';
import { isFunctionNode, isIfStatement, type Node, SyntaxKind, walkBody } from '../../../typescript/ast.ts';

/** Whether an iterator is advanced in a loop that only its own end leaves. */
export function isExhausted(advances: readonly HeldUse[]): boolean {
  return advances.some(({ name }) => {
    const loop = loopAround(name);
    return (
      loop !== undefined &&
      /\bdone\b/.test(loop.getText()) &&
      !isLimited(loop) &&
      exitsOf(loop).every((exit) => asksForEnd(exit, loop))
    );
  });
}

function loopAround(node: Node): Node | undefined {
  for (let at = node.parent; at && !isFunctionNode(at); at = at.parent) {
    switch (at.kind) {
      case SyntaxKind.WhileStatement:
      case SyntaxKind.DoStatement:
      case SyntaxKind.ForStatement:
        return at;
    }
  }
  return undefined;
}

/** `while (out.length < limit)`: the loop may have enough before the iterator has come to its end. */
function isLimited(loop: Node): boolean {
  const { expression, condition } = loop as Node & { readonly expression?: Node; readonly condition?: Node };
  const test = (expression ?? condition)?.getText() ?? '';
  return /[<>]/.test(test) && !/\bdone\b/.test(test);
}

/** What leaves a loop before its condition does. */
function exitsOf(loop: Node): readonly Node[] {
  const found: Node[] = [];
  walkBody(loop, (node) => {
    switch (node.kind) {
      case SyntaxKind.BreakStatement:
      case SyntaxKind.ReturnStatement:
      case SyntaxKind.ThrowStatement:
        found.push(node);
    }
    return !isFunctionNode(node);
  });
  return found;
}

/** `if (result.done) break;`, also where what is read is called `done`. */
function asksForEnd(exit: Node, loop: Node): boolean {
  for (let at = exit; at !== loop && at.parent; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.thenStatement === at) return /\bdone\b/.test(parent.expression.getText());
  }
  return false;
}
