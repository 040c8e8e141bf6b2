/**
 * The syntax tree as rules see it: TypeScript's own nodes and guards, and the questions about syntax that several rules share.
 * Nodes are decoded lazily from the compiler's binary form; none of these functions asks the compiler anything.
 */
import {
  type ArrayLiteralExpression,
  type ArrowFunction,
  type AwaitExpression,
  type BinaryExpression,
  type Block,
  type CallExpression,
  type CatchClause,
  type ClassDeclaration,
  type ClassExpression,
  type ConditionalExpression,
  type ConstructorDeclaration,
  type DeleteExpression,
  type DoStatement,
  type ElementAccessExpression,
  type ExpressionStatement,
  type ForInStatement,
  type ForOfStatement,
  type ForStatement,
  type FunctionDeclaration,
  type FunctionExpression,
  type GetAccessorDeclaration,
  type IfStatement,
  type InterfaceDeclaration,
  type JsxAttribute,
  type JsxExpression,
  type MethodDeclaration,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
  type PrefixUnaryExpression,
  type PropertyAccessExpression,
  type PropertyAssignment,
  type PropertyDeclaration,
  type ReturnStatement,
  type SetAccessorDeclaration,
  type ShorthandPropertyAssignment,
  type SourceFile,
  type SpreadAssignment,
  type SpreadElement,
  type SwitchStatement,
  SyntaxKind,
  type TaggedTemplateExpression,
  type TemplateExpression,
  type ThrowStatement,
  type TryStatement,
  type VariableDeclaration,
  type VariableDeclarationList,
  type VoidExpression,
  type WhileStatement,
  type YieldExpression,
} from 'typescript/ast';
import type { Span } from '../model/span.ts';

export * from 'typescript/ast';
export * from 'typescript/ast/is';

/** The kinds of node that a rule can visit. Add a line when a rule needs one more. */
export interface VisitableNodes {
  ArrayLiteralExpression: ArrayLiteralExpression;
  ArrowFunction: ArrowFunction;
  AwaitExpression: AwaitExpression;
  BinaryExpression: BinaryExpression;
  Block: Block;
  CallExpression: CallExpression;
  CatchClause: CatchClause;
  ClassDeclaration: ClassDeclaration;
  ClassExpression: ClassExpression;
  ConditionalExpression: ConditionalExpression;
  Constructor: ConstructorDeclaration;
  DeleteExpression: DeleteExpression;
  DoStatement: DoStatement;
  ElementAccessExpression: ElementAccessExpression;
  ExpressionStatement: ExpressionStatement;
  ForInStatement: ForInStatement;
  ForOfStatement: ForOfStatement;
  ForStatement: ForStatement;
  FunctionDeclaration: FunctionDeclaration;
  FunctionExpression: FunctionExpression;
  GetAccessor: GetAccessorDeclaration;
  IfStatement: IfStatement;
  InterfaceDeclaration: InterfaceDeclaration;
  JsxAttribute: JsxAttribute;
  JsxExpression: JsxExpression;
  MethodDeclaration: MethodDeclaration;
  NewExpression: NewExpression;
  ObjectLiteralExpression: ObjectLiteralExpression;
  PrefixUnaryExpression: PrefixUnaryExpression;
  PropertyAccessExpression: PropertyAccessExpression;
  PropertyAssignment: PropertyAssignment;
  PropertyDeclaration: PropertyDeclaration;
  ReturnStatement: ReturnStatement;
  SetAccessor: SetAccessorDeclaration;
  ShorthandPropertyAssignment: ShorthandPropertyAssignment;
  SourceFile: SourceFile;
  SpreadAssignment: SpreadAssignment;
  SpreadElement: SpreadElement;
  SwitchStatement: SwitchStatement;
  TaggedTemplateExpression: TaggedTemplateExpression;
  TemplateExpression: TemplateExpression;
  ThrowStatement: ThrowStatement;
  TryStatement: TryStatement;
  VariableDeclaration: VariableDeclaration;
  VariableDeclarationList: VariableDeclarationList;
  VoidExpression: VoidExpression;
  WhileStatement: WhileStatement;
  YieldExpression: YieldExpression;
}

export type VisitableKind = keyof VisitableNodes;
export type NodeOfKind<K extends VisitableKind> = VisitableNodes[K];

/** The numeric kind behind a visitor's name. */
export function kindOf(name: VisitableKind): SyntaxKind {
  return SyntaxKind[name];
}

/** A function whose body can be entered: declarations, expressions, arrows, methods, accessors and constructors. */
export type FunctionNode =
  | ArrowFunction
  | FunctionDeclaration
  | FunctionExpression
  | MethodDeclaration
  | GetAccessorDeclaration
  | SetAccessorDeclaration
  | ConstructorDeclaration;

export function isFunctionNode(node: Node): node is FunctionNode {
  switch (node.kind) {
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
    case SyntaxKind.Constructor:
      return true;
    default:
      return false;
  }
}

/** The innermost function around a node (the node itself excluded), or undefined at module level or in a class's field or static block. */
export function enclosingFunction(node: Node): FunctionNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (isFunctionNode(at)) return isPartOfSignature(node, at) ? enclosingFunction(at) : at;
    if (at.kind === SyntaxKind.ClassStaticBlockDeclaration || at.kind === SyntaxKind.PropertyDeclaration)
      return undefined;
  }
  return undefined;
}

/** A decorator or a computed name belongs to what is around the function, not to its body. */
function isPartOfSignature(node: Node, fn: FunctionNode): boolean {
  let at = node;
  while (at.parent && at.parent !== fn) at = at.parent;
  return at.kind === SyntaxKind.Decorator || at.kind === SyntaxKind.ComputedPropertyName;
}

export function hasModifier(node: Node, kind: SyntaxKind): boolean {
  const { modifiers } = node as { readonly modifiers?: readonly Node[] };
  return modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}

export function isAsyncFunction(fn: Node): boolean {
  return hasModifier(fn, SyntaxKind.AsyncKeyword);
}

export function isGenerator(fn: Node): boolean {
  return (fn as { readonly asteriskToken?: Node }).asteriskToken !== undefined;
}

/** Removes parentheses, `as`, `satisfies`, `!` and `<T>` around an expression. */
export function unwrap(node: Node): Node {
  let at = node;
  for (;;) {
    switch (at.kind) {
      case SyntaxKind.ParenthesizedExpression:
      case SyntaxKind.AsExpression:
      case SyntaxKind.SatisfiesExpression:
      case SyntaxKind.NonNullExpression:
      case SyntaxKind.TypeAssertionExpression:
      case SyntaxKind.PartiallyEmittedExpression:
        at = (at as { readonly expression: Node } & Node).expression;
        break;
      default:
        return at;
    }
  }
}

/** The node that `unwrap` would lead back from: climbs through parentheses and assertions. */
export function wrapped(node: Node): Node {
  let at = node;
  while (at.parent && unwrap(at.parent) !== at.parent && unwrap(at.parent) === unwrap(at)) at = at.parent;
  return at;
}

/** The span of a node without its leading comments and white space. */
export function spanOf(node: Node): Span {
  return { start: node.getStart(), end: node.end };
}

/** Whether `ancestor` is `node` or contains it. */
export function isWithin(node: Node, ancestor: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** Visits the nodes of a body without entering nested functions and classes; `visit` returning false skips a node's children. */
export function walkBody(body: Node, visit: (node: Node) => boolean | undefined): void {
  const enter = (node: Node): void => {
    if (visit(node) === false) return;
    node.forEachChild((child) => {
      if (isFunctionNode(child)) {
        visit(child);
        return;
      }
      enter(child);
    });
  };
  enter(body);
}

/** Whether a statement can run `await` at this place: inside an async function, or at the top of an ES module. */
export function awaitIsAllowed(node: Node, moduleLevelAwait: boolean): boolean {
  const fn = enclosingFunction(node);
  if (fn) return isAsyncFunction(fn);
  return moduleLevelAwait && !isInClassInitialiser(node);
}

function isInClassInitialiser(node: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (at.kind === SyntaxKind.ClassStaticBlockDeclaration || at.kind === SyntaxKind.PropertyDeclaration) return true;
    if (isFunctionNode(at)) return false;
  }
  return false;
}

/** The text of the name that a call or access ends in: `a.b.c()` → `c`. Undefined for computed and other forms. */
export function lastName(node: Node): string | undefined {
  const at = unwrap(node);
  if (at.kind === SyntaxKind.Identifier) return (at as Node & { readonly text: string }).text;
  if (at.kind === SyntaxKind.PropertyAccessExpression) {
    return (at as Node & { readonly name: { readonly text: string } }).name.text;
  }
  if (at.kind === SyntaxKind.CallExpression) return lastName((at as CallExpression).expression);
  return undefined;
}

/** The node that a short message should point at for a call: the name of the callee without its receiver. */
export function calleeName(call: CallExpression | NewExpression): Node {
  const callee = unwrap(call.expression);
  return callee.kind === SyntaxKind.PropertyAccessExpression ? (callee as Node & { readonly name: Node }).name : callee;
}

/** Whether a node is a loop statement of any kind. */
export function isLoop({ kind }: Node): boolean {
  return loopKinds.has(kind);
}

const loopKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.ForOfStatement,
]);

/** A number, a text, `true`, `false`, `null` or `undefined`, as it is written. */
export function isLiteralValue(node: Node): boolean {
  switch (node.kind) {
    case SyntaxKind.NumericLiteral:
    case SyntaxKind.StringLiteral:
    case SyntaxKind.BigIntLiteral:
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
      return true;
    default:
      return node.kind === SyntaxKind.Identifier && (node as Node & { readonly text: string }).text === 'undefined';
  }
}

/** Whether an operator writes to what stands on its left: `=`, `+=`, `??=` and their like. */
export function isAssignmentOperator(kind: SyntaxKind): boolean {
  return SyntaxKind.FirstAssignment <= kind && kind <= SyntaxKind.LastAssignment;
}

/** `&&`, `||` and `??`: what stands on the right is evaluated on a condition. */
export function isShortCircuitOperator(kind: SyntaxKind): boolean {
  const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken } = SyntaxKind;
  return kind === AmpersandAmpersandToken || kind === BarBarToken || kind === QuestionQuestionToken;
}
