import {
  isArrowFunction,
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isConditionalExpression,
  isFunctionExpression,
  isIdentifier,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isParenthesizedExpression,
  isSatisfiesExpression,
  isVariableDeclaration,
  type Node,
  NodeFlags,
  SyntaxKind,
} from './ast.ts';
import { declarationName } from './lexical-scopes.ts';

/**
 * Whether syntax alone shows that an expression can neither be awaited nor, for `function`, be called: literals, what
 * operators give, and names that are declared with such a value or with a primitive type. It costs nothing, and most
 * operands of a program are like that.
 */
export function isPlainValue(expression: Node, what: 'thenable' | 'function', depth = 0): boolean {
  const at = expression;
  if (depth > deepest) return false;
  if (isParenthesizedExpression(at) || isNonNullExpression(at) || isSatisfiesExpression(at))
    return isPlainValue(at.expression, what, depth + 1);
  if (isAsExpression(at)) return at.type !== undefined && isPlainType(at.type);
  if (isAwaitExpression(at)) return what === 'thenable';
  if (isConditionalExpression(at))
    return isPlainValue(at.whenTrue, what, depth + 1) && isPlainValue(at.whenFalse, what, depth + 1);
  if (isBinaryExpression(at)) return isPlainResult(at.operatorToken.kind, at.left, at.right, what, depth);
  if (isArrowFunction(at) || isFunctionExpression(at)) return what === 'thenable';
  if (isObjectLiteralExpression(at)) return what === 'function' || !at.properties.some(mayBeThen);
  if (isIdentifier(at)) return at.text === 'undefined' || isPlainName(declarationName(at), what, depth);
  return plainKinds.has(at.kind) || (at.kind === SyntaxKind.NewExpression && what === 'function');
}

function isPlainName(name: Node | undefined, what: 'thenable' | 'function', depth: number): boolean {
  const declaration = name?.parent;
  if (!declaration || (declaration as { readonly name?: Node }).name !== name) return false;
  if (isParameterDeclaration(declaration)) return declaration.type !== undefined && isPlainType(declaration.type);
  if (!isVariableDeclaration(declaration)) return false;
  if (declaration.type) return isPlainType(declaration.type);
  const { initializer } = declaration;
  if (!initializer) return false;
  // A variable without a type keeps the one of its first value, so long as that says what it is.
  const isConstant = (declaration.parent.flags & NodeFlags.Const) !== 0;
  return (isConstant || primitiveKinds.has(initializer.kind)) && isPlainValue(initializer, what, depth + 1);
}

function isPlainResult(
  operator: SyntaxKind,
  left: Node,
  right: Node,
  what: 'thenable' | 'function',
  depth: number,
): boolean {
  switch (operator) {
    case SyntaxKind.EqualsToken:
    case SyntaxKind.CommaToken:
      return isPlainValue(right, what, depth + 1);
    case SyntaxKind.BarBarToken:
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return isPlainValue(left, what, depth + 1) && isPlainValue(right, what, depth + 1);
    default:
      return true;
  }
}

function isPlainType({ kind }: Node): boolean {
  return plainTypes.has(kind);
}

function mayBeThen(property: Node): boolean {
  const { name } = property as { readonly name?: Node & { readonly text?: string } };
  return name === undefined || name.text === undefined || name.text === 'then';
}

/** Names lead to names, and a long way is not worth it. */
const deepest = 6;

const primitiveKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateExpression,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
]);

const plainKinds: ReadonlySet<SyntaxKind> = new Set([
  ...primitiveKinds,
  SyntaxKind.NullKeyword,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.TypeOfExpression,
  SyntaxKind.VoidExpression,
  SyntaxKind.DeleteExpression,
  SyntaxKind.JsxElement,
  SyntaxKind.JsxSelfClosingElement,
  SyntaxKind.JsxFragment,
]);

const plainTypes: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.BooleanKeyword,
  SyntaxKind.BigIntKeyword,
  SyntaxKind.SymbolKeyword,
  SyntaxKind.UndefinedKeyword,
  SyntaxKind.VoidKeyword,
  SyntaxKind.LiteralType,
  SyntaxKind.TemplateLiteralType,
  SyntaxKind.ArrayType,
  SyntaxKind.TupleType,
  SyntaxKind.TypePredicate,
]);
