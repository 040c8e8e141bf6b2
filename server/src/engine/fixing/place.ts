/** What the place of an expression asks of the text that takes it. */
import {
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isPropertyAccessExpression,
  type Node,
  NodeFlags,
  SyntaxKind,
  skipTrivia,
} from '../../typescript/ast.ts';
import type { PlainEdit } from '../apply-edits.ts';

/** Whether an expression has to be put in parentheses to follow a prefix operator such as `await`. */
export function bindsLooserThanUnary(expression: Node): boolean {
  switch (expression.kind) {
    case SyntaxKind.BinaryExpression:
    case SyntaxKind.ConditionalExpression:
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.YieldExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
      return true;
    default:
      return false;
  }
}

/** Whether an expression has to be put in parentheses before `.name` can follow. */
export function bindsLooserThanAccess(expression: Node): boolean {
  switch (expression.kind) {
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.VoidExpression:
    case SyntaxKind.TypeOfExpression:
    case SyntaxKind.DeleteExpression:
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression:
    case SyntaxKind.TypeAssertionExpression:
      return true;
    case SyntaxKind.NewExpression:
      return (expression as { readonly arguments?: unknown }).arguments === undefined;
    default:
      return bindsLooserThanUnary(expression);
  }
}

/** Whether a prefix operator at the place of this node has to stand in parentheses: `(await x).name`. */
export function placeBindsTighterThanUnary(node: Node): boolean {
  const { parent } = node;
  switch (parent.kind) {
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.CallExpression:
    case SyntaxKind.NewExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.ExpressionWithTypeArguments:
    case SyntaxKind.Decorator:
      return (parent as Node & { readonly expression: Node }).expression === node;
    case SyntaxKind.TaggedTemplateExpression:
      return (parent as Node & { readonly tag: Node }).tag === node;
    case SyntaxKind.PostfixUnaryExpression:
      return true;
    case SyntaxKind.BinaryExpression: {
      const { left, operatorToken } = parent as Node & { readonly left: Node; readonly operatorToken: Node };
      return left === node && operatorToken.kind === SyntaxKind.AsteriskAsteriskToken;
    }
    default:
      return false;
  }
}

/**
 * In `a?.load().name` the chain ends early where `a` is missing. Parentheses around `a?.load()` would end it there
 * and then, so what follows has to be optional too.
 */
export function continuingChain(text: string, node: Node): readonly PlainEdit[] {
  const { parent } = node;
  if ((node.flags & NodeFlags.OptionalChain) === 0) return [];
  if (!isPropertyAccessExpression(parent) && !isElementAccessExpression(parent) && !isCallExpression(parent)) return [];
  if (parent.expression !== node || parent.questionDotToken) return [];
  const at = skipTrivia(text, node.end);
  return [{ span: { start: at, end: at }, newText: isPropertyAccessExpression(parent) ? '?' : '?.' }];
}

/** The statement that begins with this very expression, if there is one. */
export function statementBeginningWith(node: Node): Node | undefined {
  const start = node.getStart();
  for (let at: Node | undefined = node; at && at.getStart() === start; at = at.parent) {
    if (isExpressionStatement(at)) return at;
  }
  return undefined;
}

/**
 * `;` where text that begins with `(`, `[` or the like would go on with the statement before it instead of beginning one,
 * which is so in files without semicolons.
 */
export function statementGuard(text: string, node: Node): ';' | '' {
  const statement = statementBeginningWith(node);
  if (!statement) return '';
  const siblings = (statement.parent as { readonly statements?: readonly Node[] }).statements;
  const before = siblings?.[siblings.indexOf(statement) - 1];
  if (!before || text.charAt(before.end - 1) === ';' || endsItself(before)) return '';
  return ';';
}

/** Whether a statement is over at its closing brace, whatever follows. */
function endsItself(statement: Node): boolean {
  switch (statement.kind) {
    case SyntaxKind.Block:
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.ClassDeclaration:
    case SyntaxKind.SwitchStatement:
    case SyntaxKind.TryStatement:
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.EnumDeclaration:
    case SyntaxKind.ModuleDeclaration:
      return true;
    case SyntaxKind.IfStatement: {
      const { elseStatement, thenStatement } = statement as Node & {
        readonly elseStatement?: Node;
        readonly thenStatement: Node;
      };
      return endsItself(elseStatement ?? thenStatement);
    }
    case SyntaxKind.ForStatement:
    case SyntaxKind.ForInStatement:
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.LabeledStatement:
      return endsItself((statement as Node & { readonly statement: Node }).statement);
    default:
      return false;
  }
}

/** Whether an expression at this place would be read as something else if it began with this text. */
export function beginsOtherwise(node: Node, newText: string): boolean {
  const begins = (pattern: RegExp): boolean => pattern.test(newText);
  if (statementBeginningWith(node)) return begins(/^(?:\{|function\b|class\b|let\s*\[|async\s+function\b)/);
  const start = node.getStart();
  for (let at: Node | undefined = node; at && at.getStart() === start; at = at.parent) {
    const parent: Node | undefined = at.parent;
    if (!parent) return false;
    if (
      parent.kind === SyntaxKind.ArrowFunction &&
      (parent as Node & { readonly body: Node }).body === at &&
      !isBlock(at)
    )
      return begins(/^\{/);
    if (parent.kind === SyntaxKind.ExportAssignment) return begins(/^(?:function\b|class\b|async\s+function\b)/);
  }
  return false;
}

/** Whether the node is an operand of `await` already, parentheses aside. */
export function isAwaited(node: Node): boolean {
  let at = node.parent;
  while (at?.kind === SyntaxKind.ParenthesizedExpression) at = at.parent;
  return at !== undefined && isAwaitExpression(at);
}
