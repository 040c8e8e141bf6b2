import {
  type FunctionNode,
  type Identifier,
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isFunctionNode,
  isIdentifier,
  isLiteralExpression,
  isNewExpression,
  isPropertyAccessExpression,
  isSourceFile,
  isVariableDeclaration,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { functionKey } from '../inquiry.ts';
import { targetsOf } from '../targets.ts';
import { runsItsArgumentNow } from '../uses.ts';

/** One place where a function reads or writes state that it shares with others. */
export interface Touch {
  /** A variable of its module, a field of `this`, or a variable of a function around it. */
  readonly of: 'module' | 'field' | 'closure';
  readonly name: string;
  readonly access: 'read' | 'write';
  readonly node: Node;
  /** The calls that lead to the place from the function that was asked about; empty for its own code. */
  readonly calls: readonly Node[];
}

/**
 * The shared state that a function's own code reads and writes, callbacks that run as part of it included; in order.
 * Calls of methods and reads of constants that hold nothing changeable are left out.
 */
export function ownTouches(fn: FunctionNode): readonly Touch[] {
  const found: Touch[] = [];
  const visit = (node: Node): void => {
    const touch = isIdentifier(node) ? variableTouch(node, fn) : fieldTouch(node);
    if (touch) found.push({ ...touch, calls: [] });
    node.forEachChild((child) => {
      if (!isFunctionNode(child) || runsHere(child)) visit(child);
    });
  };
  for (const parameter of fn.parameters) if (parameter.initializer) visit(parameter.initializer);
  if (fn.body) visit(fn.body);
  return found;
}

/** As `ownTouches`, with what the project's functions do that it calls and runs to their end, or to their first suspension. */
export async function touchesOf(fn: FunctionNode, types: Oracle): Promise<readonly Touch[]> {
  const seen = new Set<string>();
  const collect = async (from: FunctionNode, calls: readonly Node[]): Promise<readonly Touch[]> => {
    const key = functionKey(from);
    if (seen.has(key) || seen.size >= mostFunctions || calls.length > mostCalls) return [];
    seen.add(key);
    const own = ownTouches(from).map((touch) => ({ ...touch, calls }));
    const below: Touch[] = [];
    for (const call of callsIn(from)) {
      for (const target of await targetsOf(call.expression, types)) {
        if (target.kind === 'body') below.push(...(await collect(target.fn, [...calls, call])));
      }
    }
    return [...own, ...below];
  };
  return collect(fn, []);
}

const mostFunctions = 60;
const mostCalls = 5;

function callsIn(fn: FunctionNode): readonly (Node & { readonly expression: Node })[] {
  const calls: (Node & { readonly expression: Node })[] = [];
  const visit = (node: Node): void => {
    if (isCallExpression(node)) calls.push(node);
    node.forEachChild((child) => {
      if (!isFunctionNode(child) || runsHere(child)) visit(child);
    });
  };
  if (fn.body) visit(fn.body);
  return calls;
}

function runsHere(fn: FunctionNode): boolean {
  const at = wrapped(fn);
  const { parent } = at;
  if (!isCallExpression(parent) && !isNewExpression(parent)) return false;
  return parent.expression === at || (parent.arguments?.includes(at as never) === true && runsItsArgumentNow(parent));
}

function variableTouch(name: Identifier, fn: FunctionNode): Omit<Touch, 'calls'> | undefined {
  const declared = declarationName(name);
  if (!declared || declared === name) return undefined;
  const { parent: declaration } = declared;
  if (!isVariableDeclaration(declaration) && declaration.kind !== SyntaxKind.Parameter) return undefined;
  if (isInside(declared, fn)) return undefined;
  const access = accessOf(name);
  if (!access || (access === 'read' && isPlainConstant(declaration))) return undefined;
  return { of: isAtModuleLevel(declared) ? 'module' : 'closure', name: name.text, access, node: name };
}

function fieldTouch(node: Node): Omit<Touch, 'calls'> | undefined {
  if (!isPropertyAccessExpression(node) || node.expression.kind !== SyntaxKind.ThisKeyword) return undefined;
  const at = wrapped(node);
  if (isCallExpression(at.parent) && at.parent.expression === at) return undefined;
  const access = accessOf(node);
  return access && { of: 'field', name: node.name.text, access, node };
}

/** Methods of the language's collections that change them. */
const changing = new Set(
  'add append clear copyWithin delete fill pop push reverse set shift sort splice unshift'.split(' '),
);

/** How a place uses what it names; a write also where a member of it is written, or a method changes it. */
function accessOf(name: Node): 'read' | 'write' | undefined {
  let at = wrapped(name);
  for (;;) {
    const { parent } = at;
    const isMember =
      (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.expression === at;
    if (!isMember) break;
    const access = wrapped(parent);
    if (isCallExpression(access.parent) && access.parent.expression === access) {
      const method = isPropertyAccessExpression(parent) ? parent.name.text : '';
      return changing.has(method) ? 'write' : 'read';
    }
    at = access;
  }
  const { parent } = at;
  if (isBinaryExpression(parent) && parent.left === at && isAssignmentOperator(parent.operatorToken.kind))
    return 'write';
  if (parent.kind === SyntaxKind.PostfixUnaryExpression || parent.kind === SyntaxKind.DeleteExpression) return 'write';
  if (parent.kind === SyntaxKind.PrefixUnaryExpression) {
    const { operator } = parent as Node & { readonly operator: SyntaxKind };
    return operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken ? 'write' : 'read';
  }
  if (isCallExpression(parent) && parent.expression === at) return undefined;
  return 'read';
}

/** A constant's own value does not change; what an object in it holds may. */
function isPlainConstant(declaration: Node): boolean {
  if (!isVariableDeclaration(declaration) || (declaration.parent.flags & NodeFlags.Const) === 0) return false;
  const value = declaration.initializer && unwrap(declaration.initializer);
  return value !== undefined && (isLiteralExpression(value) || isFunctionNode(value));
}

function isInside(node: Node, fn: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) if (at === fn) return true;
  return false;
}

function isAtModuleLevel(declared: Node): boolean {
  for (let at: Node | undefined = declared.parent; at; at = at.parent) {
    if (isFunctionNode(at)) return false;
    if (isSourceFile(at)) return true;
  }
  return false;
}
