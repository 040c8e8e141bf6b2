/** What an expression reaches into: the variable, parameter or `this` at its root, and the first member from there. */
import {
  type FunctionNode,
  type Identifier,
  isAssignmentOperator,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isVariableDeclaration,
  isWithin,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { runsItsArgumentNow } from '../uses.ts';

/** Where a value is kept. */
export interface Root {
  /** `this`, `#0` for the first parameter of the function that is looked at, `outside name` for a variable around it. */
  readonly of: string;
  /** The first member from there, `''` for the value itself. */
  readonly member: string;
  /** The declaration of the variable; undefined for `this` and names of other files. */
  readonly declared: Identifier | undefined;
}

/** Longer chains of names for one value are rare. */
const deepest = 5;

/**
 * The root of an expression. Constants that only name something else are followed; what a call or a literal makes
 * is nobody else's, and has none. Parameters are told apart only where they belong to `fn`.
 */
export function rootOf(expression: Node, fn: FunctionNode | undefined, depth = 0): Root | undefined {
  const at = unwrap(expression);
  if (depth > deepest) return undefined;
  if (at.kind === SyntaxKind.ThisKeyword || at.kind === SyntaxKind.SuperKeyword) return own('this');
  if (isIdentifier(at)) return rootOfName(at, fn, depth);
  if (isPropertyAccessExpression(at)) return memberOf(rootOf(at.expression, fn, depth), at.name.text);
  if (isElementAccessExpression(at)) {
    const key = unwrap(at.argumentExpression);
    return memberOf(rootOf(at.expression, fn, depth), isStringLiteral(key) ? key.text : '[]');
  }
  if (isBinaryExpression(at)) return rootOf(at.left, fn, depth + 1) ?? rootOf(at.right, fn, depth + 1);
  return undefined;
}

function rootOfName(name: Identifier, fn: FunctionNode | undefined, depth: number): Root | undefined {
  const declared = declarationName(name);
  if (!declared) return { of: `outside ${name.text}`, member: '', declared: undefined };
  const declaration = declared.parent;
  const isInside = fn !== undefined && isWithin(declared, fn);
  const parameter = fn && parameterAround(declared, fn);
  if (fn && parameter) return { of: `#${fn.parameters.indexOf(parameter as never)}`, member: '', declared };
  const meant = isConstant(declaration) ? declaration.initializer : undefined;
  const root = meant && isName(unwrap(meant)) ? rootOf(meant, fn, depth + 1) : undefined;
  if (root) return root;
  const holder = elementHolder(declared);
  const element = holder && rootOf(holder, fn, depth + 1);
  // An element of something belongs to it, and to the round of the loop that goes over it.
  if (element) return { ...memberOf(element, '[]'), declared } as Root;
  const held = patternValue(declared);
  const opened = held && isName(unwrap(held)) ? rootOf(held, fn, depth + 1) : undefined;
  if (opened) return memberOf(opened, name.text);
  if (isInside) return undefined;
  const { fileName } = declared.getSourceFile();
  return { of: `${fileName} ${declared.pos}`, member: '', declared };
}

function own(of: string): Root {
  return { of, member: '', declared: undefined };
}

function memberOf(root: Root | undefined, member: string): Root | undefined {
  return root && (root.member === '' ? { ...root, member } : root);
}

/** The parameter of exactly this function that a name is part of: `{ pipeline }` is part of the first. */
function parameterAround(declared: Node, fn: FunctionNode): Node | undefined {
  for (let at: Node | undefined = declared.parent; at && at !== fn; at = at.parent) {
    if (isParameterDeclaration(at)) return at.parent === fn ? at : undefined;
    if (!isBindingElement(at) && !/Pattern$/.test(SyntaxKind[at.kind] ?? '')) return undefined;
  }
  return undefined;
}

function isConstant(declaration: Node): declaration is Node & { readonly initializer?: Node } {
  return isVariableDeclaration(declaration) && (declaration.parent.flags & NodeFlags.Const) !== 0;
}

/** What a name goes over: `users` of `for (const user of users)`, and of `users.forEach((user) => …)`. */
function elementHolder(declared: Identifier): Node | undefined {
  const declaration = outermost(declared);
  if (isVariableDeclaration(declaration)) {
    const loop = declaration.parent.parent;
    return loop && isForOfStatement(loop) ? loop.expression : undefined;
  }
  if (!isParameterDeclaration(declaration) || !isFunctionNode(declaration.parent)) return undefined;
  const call = wrapped(declaration.parent).parent;
  if (!isCallExpression(call) || !runsItsArgumentNow(call)) return undefined;
  const callee = unwrap(call.expression);
  return isPropertyAccessExpression(callee) ? callee.expression : undefined;
}

/** The variable or parameter that a name in a pattern is part of. */
function outermost(declared: Node): Node {
  let at = declared.parent;
  while (isBindingElement(at)) at = at.parent.parent;
  return at;
}

/** `const { a } = store`: what `a` is taken from. */
function patternValue(declared: Identifier): Node | undefined {
  const element = declared.parent;
  if (!isBindingElement(element)) return undefined;
  const holder = element.parent.parent;
  return isVariableDeclaration(holder) ? holder.initializer : undefined;
}

function isName(node: Node): boolean {
  return (
    isIdentifier(node) ||
    isPropertyAccessExpression(node) ||
    isElementAccessExpression(node) ||
    node.kind === SyntaxKind.ThisKeyword
  );
}

/** How the place of a name or member uses it: `keyed` where only the part under a key that is computed is written. */
export function accessAt(node: Node): 'read' | 'write' | 'keyed' {
  let at = wrapped(node);
  let isKeyed = false;
  for (;;) {
    const { parent } = at;
    const isBase =
      (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.expression === at;
    if (!isBase) break;
    if (isElementAccessExpression(parent) && !isStringLiteral(unwrap(parent.argumentExpression))) isKeyed = true;
    at = wrapped(parent);
  }
  const { parent } = at;
  const written = isKeyed ? 'keyed' : 'write';
  if (isBinaryExpression(parent) && parent.left === at && isAssignmentOperator(parent.operatorToken.kind))
    return written;
  if (parent.kind === SyntaxKind.PostfixUnaryExpression || parent.kind === SyntaxKind.DeleteExpression) return written;
  if (parent.kind === SyntaxKind.PrefixUnaryExpression) {
    const { operator } = parent as Node & { readonly operator: SyntaxKind };
    return operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken ? written : 'read';
  }
  return 'read';
}

/** The names of a call's receiver and of the values that it is given, the method's own name left out. */
export function namesAround(call: Node): readonly Identifier[] {
  const found: Identifier[] = [];
  const visit = (node: Node, isCallee: boolean): void => {
    const at = unwrap(node);
    if (isFunctionNode(at)) return;
    if (isIdentifier(at)) {
      if (!isCallee) found.push(at);
      return;
    }
    if (isPropertyAccessExpression(at)) {
      if (!isCallee && isIdentifier(at.name)) found.push(at.name);
      return visit(at.expression, false);
    }
    if (isElementAccessExpression(at)) return visit(at.expression, false);
    if (isAwaitExpression(at)) return visit(at.expression, isCallee);
    if (isObjectLiteralExpression(at)) {
      for (const property of at.properties)
        if (isPropertyAssignment(property)) visit(property.initializer, false);
        else if (isShorthandPropertyAssignment(property) && isIdentifier(property.name)) found.push(property.name);
      return;
    }
    if (!isCallExpression(at)) return;
    visit(at.expression, true);
    for (const argument of at.arguments) visit(argument, false);
  };
  visit(call, false);
  return found;
}
