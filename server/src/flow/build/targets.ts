/** What is written to: names, members, and the patterns of destructuring with their defaults. */
import { isBindingPattern, type Node, SyntaxKind } from '../../typescript/ast.ts';
import type { GraphBuilder } from './builder.ts';
import { expression } from './expressions.ts';

type WithExpression = Node & { readonly expression: Node };

/** Whether the left side of an assignment takes a value apart. */
export function isPattern(node: Node): boolean {
  return node.kind === SyntaxKind.ObjectLiteralExpression || node.kind === SyntaxKind.ArrayLiteralExpression;
}

/** Evaluates what a target belongs to: `a` and `i` of `a[i]`. Nothing for a name. */
export function memberBase(target: Node, b: GraphBuilder): void {
  switch (target.kind) {
    case SyntaxKind.PropertyAccessExpression:
      return expression((target as WithExpression).expression, b);
    case SyntaxKind.ElementAccessExpression:
      expression((target as WithExpression).expression, b);
      return expression((target as Node & { readonly argumentExpression: Node }).argumentExpression, b);
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.TypeAssertionExpression:
      return memberBase((target as WithExpression).expression, b);
  }
}

/** Writes a value, which has been evaluated, to a name, a member or the parts of a pattern. */
export function assignTo(target: Node, b: GraphBuilder, { baseIsEvaluated = false } = {}): void {
  switch (target.kind) {
    case SyntaxKind.Identifier:
      b.step('write', target);
      return;
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
      if (!baseIsEvaluated) memberBase(target, b);
      b.step('write', target);
      return;
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.TypeAssertionExpression:
      return assignTo((target as WithExpression).expression, b, { baseIsEvaluated });
    case SyntaxKind.ObjectLiteralExpression:
      for (const property of (target as Node & { readonly properties: readonly Node[] }).properties)
        assignToProperty(property as PropertyPattern, b);
      return;
    case SyntaxKind.ArrayLiteralExpression:
      for (const element of (target as Node & { readonly elements: readonly Node[] }).elements)
        assignToElement(element, b);
      return;
    case SyntaxKind.SpreadElement:
      return assignTo((target as WithExpression).expression, b);
  }
}

type PropertyPattern = Node & {
  readonly name?: Node;
  readonly initializer?: Node;
  readonly objectAssignmentInitializer?: Node;
  readonly expression?: Node;
};

function assignToProperty(property: PropertyPattern, b: GraphBuilder): void {
  const { name, initializer, objectAssignmentInitializer, expression: rest } = property;
  computedName(name, b);
  if (property.kind === SyntaxKind.ShorthandPropertyAssignment && name) {
    if (objectAssignmentInitializer) byDefault(property, objectAssignmentInitializer, b);
    b.step('write', name);
  } else if (initializer) assignToElement(initializer, b);
  else if (rest) assignTo(rest, b);
}

/** `target` or `target = byDefault`. */
function assignToElement(element: Node, b: GraphBuilder): void {
  const { left, right } = element as { readonly left?: Node; readonly right?: Node };
  if (element.kind !== SyntaxKind.BinaryExpression || !left || !right) return assignTo(element, b);
  const baseIsEvaluated = !isPattern(left);
  if (baseIsEvaluated) memberBase(left, b);
  byDefault(element, right, b);
  assignTo(left, b, { baseIsEvaluated });
}

/** Writes a value, which has been evaluated, to the names of a declaration or parameter. */
export function declareNames(name: Node, b: GraphBuilder): void {
  if (!isBindingPattern(name)) {
    if (name.kind === SyntaxKind.Identifier) b.step('write', name);
    return;
  }
  for (const element of name.elements as readonly Node[]) {
    const { propertyName, name: inner, initializer } = element as BindingPart;
    computedName(propertyName, b);
    if (initializer) byDefault(element, initializer, b);
    if (inner) declareNames(inner, b);
  }
}

interface BindingPart {
  readonly propertyName?: Node;
  readonly name?: Node;
  readonly initializer?: Node;
}

/** A default value is evaluated where there is none. `holder` is the element or parameter that has one. */
export function byDefault(holder: Node, value: Node, b: GraphBuilder): void {
  const test = b.step('branch', holder);
  b.at = b.side(test, 'nullish');
  expression(value, b);
  b.at = [...b.at, ...b.side(test, 'present')];
}

/** Evaluates the expression of a `[computed]` name; other names need nothing. */
export function computedName(name: Node | undefined, b: GraphBuilder): void {
  if (name?.kind === SyntaxKind.ComputedPropertyName) expression((name as WithExpression).expression, b);
}
