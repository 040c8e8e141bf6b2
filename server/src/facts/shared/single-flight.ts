/** Work that is started once for all who ask at the same time. */
import {
  enclosingFunction,
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';

/** The work is stored in the same turn in which somebody looked whether it is there: `this.loading ??= this.load()`. */
export function isSingleFlight(call: Node): boolean {
  let at = wrapped(call);
  for (
    let link = chainCall(at.parent?.parent ?? at);
    link && unwrap(link.receiver) === unwrap(at);
    link = chainCall(at.parent?.parent ?? at)
  )
    at = wrapped(link.call);
  const { parent } = at;
  if (isBinaryExpression(parent) && parent.right === at) {
    const { kind } = parent.operatorToken;
    if (kind === SyntaxKind.QuestionQuestionEqualsToken || kind === SyntaxKind.BarBarEqualsToken) return true;
    return kind === SyntaxKind.EqualsToken && unwrap(parent.left).kind !== SyntaxKind.Identifier
      ? isLookedFor(parent.left.getText(), parent)
      : kind === SyntaxKind.EqualsToken && isLookedFor(parent.left.getText(), parent);
  }
  if (isVariableDeclaration(parent) && parent.initializer === at) return isStoredNext(parent);
  if (isCallExpression(parent) && (lastName(parent) === 'set' || lastName(parent) === 'add')) {
    const callee = unwrap(parent.expression);
    return isPropertyAccessExpression(callee) && isLookedFor(callee.expression.getText(), parent);
  }
  return false;
}

/** `const loading = load(); this.loading = loading;` after a look at the same field. */
function isStoredNext(variable: Node & { readonly name: Node }): boolean {
  const name = variable.name.getText();
  const statement = variable.parent.parent;
  const siblings = (statement.parent as { readonly statements?: readonly Node[] }).statements ?? [];
  const [next] = siblings.slice(siblings.indexOf(statement) + 1);
  if (!next || !isExpressionStatement(next)) return false;
  const stored = unwrap(next.expression);
  if (
    isBinaryExpression(stored) &&
    stored.operatorToken.kind === SyntaxKind.EqualsToken &&
    stored.right.getText() === name
  )
    return isLookedFor(stored.left.getText(), stored);
  if (isCallExpression(stored) && lastName(stored) === 'set' && stored.arguments[1]?.getText() === name) {
    const callee = unwrap(stored.expression);
    return isPropertyAccessExpression(callee) && isLookedFor(callee.expression.getText(), stored);
  }
  return false;
}

/** Whether a condition before a place in its function speaks of a name. */
function isLookedFor(text: string, place: Node): boolean {
  const fn = enclosingFunction(place);
  const before = (fn ?? place.getSourceFile())
    .getText()
    .slice(0, place.getStart() - (fn ?? place.getSourceFile()).getStart());
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `(?:if\\s*\\(|\\?\\s*|return\\s+|const\\s+\\w+\\s*=\\s*|&&\\s*|\\|\\|\\s*)!?\\s*${escaped}(?![\\w$])`,
  ).test(before);
}
