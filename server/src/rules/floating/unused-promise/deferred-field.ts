import {
  enclosingFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isReturnStatement,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { namesIn } from '../../../typescript/references.ts';
import { promiseField } from './fields.ts';

/** A private field with a promise that other code rejects, and that only those wait for who ask for it. */
export interface DeferredField {
  readonly field: Node;
  /** What `reject` is kept in. */
  readonly reject: Node;
}

/**
 * `this.#done = new Promise((resolve, reject) => { this.#resolve = resolve; this.#reject = reject; })`, where the file does
 * nothing with the field but wait for it in methods, which nobody has to call. By syntax alone.
 */
export function deferredField(at: Node, value: Node): DeferredField | undefined {
  const reject = keptReject(unwrap(value));
  const field = reject && promiseField(at, value);
  if (!field || !reject) return undefined;
  const setter = enclosingFunction(at);
  let isAskedFor = false;
  for (const place of namesIn(field.getSourceFile(), field.getText())) {
    if (isPropertyDeclaration(place.parent) || isTarget(place)) continue;
    const access = wrapped(place.parent);
    if (isTest(access)) continue;
    const fn = enclosingFunction(place);
    const isWaited = isAwaitExpression(access.parent) || isReturnStatement(access.parent);
    if (!isWaited || !fn || fn === setter) return undefined;
    isAskedFor = true;
  }
  return isAskedFor ? { field, reject } : undefined;
}

/** Where an executor keeps `reject`, if keeping its two functions is all that it does. */
function keptReject(created: Node): Node | undefined {
  if (!isNewExpression(created) || !isIdentifier(created.expression) || created.expression.text !== 'Promise')
    return undefined;
  const executor = created.arguments?.[0] && unwrap(created.arguments[0]);
  if (!executor || !isFunctionNode(executor) || !executor.body || !isBlock(executor.body)) return undefined;
  const name = executor.parameters[1]?.name.getText();
  let kept: Node | undefined;
  for (const statement of executor.body.statements) {
    const assignment = isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
    if (!assignment || !isBinaryExpression(assignment)) return undefined;
    if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
    if (unwrap(assignment.right).getText() === name) kept = assignment.left;
  }
  return kept;
}

function isTarget(place: Node): boolean {
  const access = place.parent;
  if (!isPropertyAccessExpression(access)) return false;
  const { parent } = access;
  return isBinaryExpression(parent) && parent.left === access && parent.operatorToken.kind === SyntaxKind.EqualsToken;
}

/** `if (!this.#done) throw …` */
function isTest(access: Node): boolean {
  const { parent } = access;
  return isIfStatement(parent) || (isPrefixUnaryExpression(parent) && isIfStatement(wrapped(parent).parent));
}
