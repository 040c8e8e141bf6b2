import {
  type FunctionNode,
  isBinaryExpression,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
} from '../../../typescript/ast.ts';

/** The first place where the next callback relies on its value. Undefined where it has none, or looks whether it is there. */
export function firstUse(
  callback: FunctionNode,
  onlyAfterFailure: boolean,
): { readonly parameter: Node; readonly use: Node } | undefined {
  const parameter = callback.parameters[0];
  if (!parameter || parameter.initializer || parameter.dotDotDotToken || !callback.body) return undefined;
  if (!isIdentifier(parameter.name)) return { parameter: parameter.name, use: parameter.name };
  const name = parameter.name.text;
  const uses: Node[] = [];
  const look = (node: Node): void => {
    if (isIdentifier(node) && node.text === name && !isMemberName(node)) uses.push(node);
    node.forEachChild(look);
  };
  look(callback.body);
  const [use] = uses;
  if (!use || uses.some(isTested)) return undefined;
  const reliesOn = uses.find(
    (each) =>
      isPropertyAccessExpression(each.parent) && each.parent.expression === each && !each.parent.questionDotToken,
  );
  if (onlyAfterFailure && !reliesOn) return undefined;
  return { parameter: parameter.name, use: reliesOn ?? use };
}

function isMemberName(node: Node): boolean {
  const { parent } = node;
  return (
    (isPropertyAccessExpression(parent) && parent.name === node) ||
    (parent.kind === SyntaxKind.PropertyAssignment && (parent as Node & { readonly name: Node }).name === node)
  );
}

/** Whether the code asks if the value is there. */
function isTested(use: Node): boolean {
  const { parent } = use;
  if (isPropertyAccessExpression(parent)) return parent.expression === use && parent.questionDotToken !== undefined;
  if (isPrefixUnaryExpression(parent) || parent.kind === SyntaxKind.TypeOfExpression) return true;
  if (isIfStatement(parent) || isConditionalExpression(parent)) return true;
  return isBinaryExpression(parent) && testing.has(parent.operatorToken.kind);
}

const testing: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InstanceOfKeyword,
]);
