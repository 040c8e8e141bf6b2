/** Expressions, in the order of their evaluation. Literals, `this` and types make no steps. */
import {
  isAssignmentOperator,
  isFunctionNode,
  isIdentifier,
  isShortCircuitOperator,
  type SyntaxKind as Kind,
  type Node,
  type ObjectLiteralExpression,
  SyntaxKind,
} from '../../typescript/ast.ts';
import type { GraphBuilder } from './builder.ts';
import { classDefinition } from './classes.ts';
import { condition, conditional, logical } from './conditions.ts';
import { buildJsx } from './jsx.ts';
import { assignTo, isPattern, memberBase } from './targets.ts';

/** Adds the steps of evaluating an expression. */
export function expression(node: Node, b: GraphBuilder): void {
  switch (node.kind) {
    case SyntaxKind.Identifier:
      if (!isUndefined(node)) b.step('read', node);
      return;
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.CallExpression:
    case SyntaxKind.NonNullExpression:
      return chain(node as Operand, b);
    case SyntaxKind.NewExpression: {
      const { expression: callee, arguments: args } = node as Operand & { readonly arguments?: readonly Node[] };
      expression(callee, b);
      for (const argument of args ?? []) expression(argument, b);
      b.step('call', node, { mayFault: true });
      return;
    }
    case SyntaxKind.TaggedTemplateExpression: {
      const { tag, template } = node as Node & { readonly tag: Node; readonly template: Node };
      expression(tag, b);
      expression(template, b);
      b.step('call', node, { mayFault: true });
      return;
    }
    case SyntaxKind.AwaitExpression:
      expression((node as Operand).expression, b);
      b.step('await', node, { suspends: true, mayFault: true });
      return;
    case SyntaxKind.YieldExpression:
      return yieldExpression(node as Node & { readonly expression?: Node }, b);
    case SyntaxKind.BinaryExpression:
      return binary(node as Binary, b);
    case SyntaxKind.ConditionalExpression:
      return conditional(node as Parameters<typeof conditional>[0], b);
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression:
      return unary(node as Unary, b);
    case SyntaxKind.DeleteExpression: {
      const operand = (node as Operand).expression;
      memberBase(operand, b);
      b.step('write', operand);
      return;
    }
    case SyntaxKind.ObjectLiteralExpression:
      return objectLiteral(node as ObjectLiteralExpression, b);
    case SyntaxKind.ClassExpression:
      return classDefinition(node, b);
    case SyntaxKind.JsxElement:
    case SyntaxKind.JsxSelfClosingElement:
    case SyntaxKind.JsxFragment:
      return buildJsx(node, b);
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.TypeAssertionExpression:
    case SyntaxKind.ExpressionWithTypeArguments:
      return expression((node as Operand).expression, b);
    case SyntaxKind.MetaProperty:
    case SyntaxKind.ImportKeyword:
      return;
    default:
      if (isFunctionNode(node)) b.step('capture', node);
      else node.forEachChild((child) => expression(child, b));
  }
}

type Operand = Node & { readonly expression: Node };
type Unary = Node & { readonly operator: Kind; readonly operand: Node };
type Binary = Node & { readonly left: Node; readonly right: Node; readonly operatorToken: { readonly kind: Kind } };

function isUndefined(node: Node): boolean {
  return isIdentifier(node) && node.text === 'undefined';
}

/** A member, a call or a chain of them; where it holds `?.`, a nullish start ends the whole chain. */
function chain(node: Operand, b: GraphBuilder): void {
  const outer = b.chainEnds;
  const ends = (b.chainEnds = []);
  link(node, b);
  b.chainEnds = outer;
  b.at = [...b.at, ...ends];
}

function link(node: Node, b: GraphBuilder): void {
  switch (node.kind) {
    case SyntaxKind.NonNullExpression:
      return link((node as Operand).expression, b);
    case SyntaxKind.PropertyAccessExpression:
      link((node as Operand).expression, b);
      optional(node, (node as Operand).expression, b);
      b.step('read', node);
      return;
    case SyntaxKind.ElementAccessExpression:
      link((node as Operand).expression, b);
      optional(node, (node as Operand).expression, b);
      outsideChain((node as Node & { readonly argumentExpression: Node }).argumentExpression, b);
      b.step('read', node);
      return;
    case SyntaxKind.CallExpression:
      link((node as Operand).expression, b);
      optional(node, (node as Operand).expression, b);
      for (const argument of (node as Node & { readonly arguments: readonly Node[] }).arguments)
        outsideChain(argument, b);
      b.step('call', node, { mayFault: true });
      return;
    default:
      // Parentheses end a chain: what is inside is one of its own.
      return outsideChain(node, b);
  }
}

function outsideChain(node: Node, b: GraphBuilder): void {
  const outer = b.chainEnds;
  b.chainEnds = undefined;
  expression(node, b);
  b.chainEnds = outer;
}

function optional(node: Node, operand: Node, b: GraphBuilder): void {
  if (!(node as { readonly questionDotToken?: Node }).questionDotToken) return;
  const test = b.step('branch', operand);
  b.chainEnds?.push(...(b.side(test, 'nullish') as NonNullable<typeof b.chainEnds>));
  b.at = b.side(test, 'present');
}

/** Every `yield` may be the last: the consumer stops, or throws into the generator. */
function yieldExpression(node: Node & { readonly expression?: Node }, b: GraphBuilder): void {
  if (node.expression) expression(node.expression, b);
  const step = b.step('yield', node, { suspends: b.isAsyncGenerator, mayFault: true });
  const goesOn = b.at;
  b.at = b.side(step, 'closed');
  b.jump(b.returns);
  b.at = goesOn;
}

function binary(node: Binary, b: GraphBuilder): void {
  const operator = node.operatorToken.kind;
  if (isShortCircuitOperator(operator)) return logical(node, b);
  if (isAssignmentOperator(operator)) return assignment(node, b);
  // Long sums lean to the left: without recursion, the stack is never too short for them.
  const rights: Node[] = [];
  let left: Node = node;
  for (;;) {
    const at = left as Binary;
    if (at.kind !== SyntaxKind.BinaryExpression || !isPlainOperator(at.operatorToken.kind)) break;
    rights.push(at.right);
    left = at.left;
  }
  expression(left, b);
  for (const right of rights.toReversed()) expression(right, b);
}

function isPlainOperator(operator: Kind): boolean {
  return !isShortCircuitOperator(operator) && !isAssignmentOperator(operator);
}

function assignment(node: Binary, b: GraphBuilder): void {
  const { left, right } = node;
  if (node.operatorToken.kind === SyntaxKind.EqualsToken) {
    if (!isPattern(left)) memberBase(left, b);
    expression(right, b);
    return assignTo(left, b, { baseIsEvaluated: true });
  }
  memberBase(left, b);
  const read = b.step('read', targetOf(left));
  switch (node.operatorToken.kind) {
    case SyntaxKind.AmpersandAmpersandEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken: {
      const test = b.step('branch', read.node);
      const [assigns, keeps] = {
        [SyntaxKind.AmpersandAmpersandEqualsToken]: ['true', 'false'] as const,
        [SyntaxKind.BarBarEqualsToken]: ['false', 'true'] as const,
        [SyntaxKind.QuestionQuestionEqualsToken]: ['nullish', 'present'] as const,
      }[node.operatorToken.kind];
      b.at = b.side(test, assigns);
      expression(right, b);
      assignTo(left, b, { baseIsEvaluated: true });
      b.at = [...b.at, ...b.side(test, keeps)];
      return;
    }
    default:
      expression(right, b);
      assignTo(left, b, { baseIsEvaluated: true });
  }
}

/** Parentheses and assertions around the target of an assignment are not there at run time. */
function targetOf(node: Node): Node {
  const inner = (node as Partial<Operand>).expression;
  switch (node.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.TypeAssertionExpression:
      return inner ? targetOf(inner) : node;
    default:
      return node;
  }
}

function unary(node: Unary, b: GraphBuilder): void {
  if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken) {
    memberBase(node.operand, b);
    b.step('read', targetOf(node.operand));
    return assignTo(node.operand, b, { baseIsEvaluated: true });
  }
  if (node.operator !== SyntaxKind.ExclamationToken) return expression(node.operand, b);
  const { whenTrue, whenFalse } = condition(node, b);
  b.at = [...whenTrue, ...whenFalse];
}

function objectLiteral(node: ObjectLiteralExpression, b: GraphBuilder): void {
  for (const property of node.properties) {
    const { name, initializer } = property as { readonly name?: Node; readonly initializer?: Node };
    if (name?.kind === SyntaxKind.ComputedPropertyName) expression((name as Operand).expression, b);
    if (isFunctionNode(property)) b.step('capture', property);
    else if (property.kind === SyntaxKind.ShorthandPropertyAssignment && name) b.step('read', name);
    else if (property.kind === SyntaxKind.SpreadAssignment) expression((property as unknown as Operand).expression, b);
    else if (initializer) expression(initializer, b);
  }
}
