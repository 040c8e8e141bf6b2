import {
  type FunctionNode,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
} from '../../../typescript/ast.ts';

export interface UncheckedRead {
  readonly parameter: Node;
  readonly member: Node & { readonly text: string };
}

/**
 * The first member that a handler reads of its parameter, if nothing in the handler looks at what the parameter is:
 * `instanceof`, `typeof`, `in`, a condition, `?.`, an assertion, or a call that is given it to judge.
 */
export function uncheckedRead(fn: FunctionNode): UncheckedRead | undefined {
  const [first] = fn.parameters;
  if (!first || first.type || !isIdentifier(first.name) || !fn.body) return undefined;
  const parameter = first.name;
  let member: UncheckedRead['member'] | undefined;
  let isChecked = false;
  const visit = (node: Node): void => {
    if (isChecked) return;
    if (isIdentifier(node) && node.text === parameter.text && isUse(node)) {
      const { parent } = node;
      const isRead = isPropertyAccessExpression(parent) && parent.expression === node;
      if (isRead && !parent.questionDotToken && !isTested(parent)) member ??= parent.name as UncheckedRead['member'];
      else if (!isHandedOn(node)) isChecked = true;
    }
    node.forEachChild(visit);
  };
  visit(fn.body);
  return member && !isChecked ? { parameter, member } : undefined;
}

function isUse(node: Node): boolean {
  return (node.parent as { readonly name?: Node }).name !== node;
}

/** A member that is compared or tested is a look at what came: `error.code === 'ENOENT'`, `if (error.stack)`. */
function isTested(access: Node): boolean {
  const { parent } = access;
  if (isIfStatement(parent) || isConditionalExpression(parent)) return true;
  switch (parent.kind) {
    case SyntaxKind.BinaryExpression:
      return !/^\+$/.test((parent as Node & { readonly operatorToken: Node }).operatorToken.getText());
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.TypeOfExpression:
      return true;
    default:
      return false;
  }
}

/** `throw error`, `reject(error)` and `console.error(error)` pass it on as it is; any other use may be a check. */
function isHandedOn(node: Node): boolean {
  const { parent } = node;
  if (parent.kind === SyntaxKind.ThrowStatement || parent.kind === SyntaxKind.TemplateSpan) return true;
  if (parent.kind === SyntaxKind.ShorthandPropertyAssignment || parent.kind === SyntaxKind.PropertyAssignment)
    return true;
  return isCallExpression(parent) && !/^(?:is|has|assert|check|in)[A-Z]?/.test(nameOfCallee(parent.expression));
}

function nameOfCallee(callee: Node): string {
  return isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}
