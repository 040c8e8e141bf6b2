/** Conditions and what they choose between. A condition that is a literal has one side only. */
import { type SyntaxKind as Kind, type Node, SyntaxKind } from '../../typescript/ast.ts';
import type { GraphBuilder, Paths } from './builder.ts';
import { expression } from './expressions.ts';

interface Sides {
  readonly whenTrue: Paths;
  readonly whenFalse: Paths;
}

type Binary = Node & { readonly left: Node; readonly right: Node; readonly operatorToken: { readonly kind: Kind } };

/** Evaluates a condition and gives the paths of its two sides. `!`, `&&` and `||` are looked through. */
export function condition(node: Node, b: GraphBuilder): Sides {
  switch (node.kind) {
    case SyntaxKind.ParenthesizedExpression:
      return condition((node as Node & { readonly expression: Node }).expression, b);
    case SyntaxKind.TrueKeyword:
      return { whenTrue: b.at, whenFalse: [] };
    case SyntaxKind.FalseKeyword:
      return { whenTrue: [], whenFalse: b.at };
    case SyntaxKind.NumericLiteral: {
      const isTrue = Number((node as Node & { readonly text: string }).text) !== 0;
      return isTrue ? { whenTrue: b.at, whenFalse: [] } : { whenTrue: [], whenFalse: b.at };
    }
    case SyntaxKind.PrefixUnaryExpression: {
      const { operator, operand } = node as Node & { readonly operator: Kind; readonly operand: Node };
      if (operator !== SyntaxKind.ExclamationToken) break;
      const { whenTrue, whenFalse } = condition(operand, b);
      return { whenTrue: whenFalse, whenFalse: whenTrue };
    }
    case SyntaxKind.BinaryExpression: {
      const { left, right, operatorToken } = node as Binary;
      if (operatorToken.kind === SyntaxKind.AmpersandAmpersandToken) {
        const first = condition(left, b);
        b.at = first.whenTrue;
        const second = condition(right, b);
        return { whenTrue: second.whenTrue, whenFalse: [...first.whenFalse, ...second.whenFalse] };
      }
      if (operatorToken.kind === SyntaxKind.BarBarToken) {
        const first = condition(left, b);
        b.at = first.whenFalse;
        const second = condition(right, b);
        return { whenTrue: [...first.whenTrue, ...second.whenTrue], whenFalse: second.whenFalse };
      }
    }
  }
  expression(node, b);
  const test = b.step('branch', node);
  return { whenTrue: b.side(test, 'true'), whenFalse: b.side(test, 'false') };
}

/** `a && b`, `a || b` and `a ?? b` as values. */
export function logical({ left, right, operatorToken }: Binary, b: GraphBuilder): void {
  if (operatorToken.kind === SyntaxKind.QuestionQuestionToken) {
    expression(left, b);
    const test = b.step('branch', left);
    b.at = b.side(test, 'nullish');
    expression(right, b);
    b.at = [...b.at, ...b.side(test, 'present')];
    return;
  }
  const { whenTrue, whenFalse } = condition(left, b);
  const [goesOn, ends] =
    operatorToken.kind === SyntaxKind.AmpersandAmpersandToken ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
  b.at = goesOn;
  expression(right, b);
  b.at = [...b.at, ...ends];
}

export function conditional(
  node: Node & { readonly condition: Node; readonly whenTrue: Node; readonly whenFalse: Node },
  b: GraphBuilder,
): void {
  const { whenTrue, whenFalse } = condition(node.condition, b);
  b.at = whenTrue;
  expression(node.whenTrue, b);
  const first = b.at;
  b.at = whenFalse;
  expression(node.whenFalse, b);
  b.at = [...first, ...b.at];
}
