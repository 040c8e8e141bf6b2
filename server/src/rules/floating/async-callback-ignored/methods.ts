import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadAssignment,
  isSpreadElement,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import { nextLink } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';

/** What a method does with its callback's result, where it cannot use a promise. */
export type MethodUse = 'iteration' | 'predicate' | 'comparator' | 'accumulator' | 'finally';

const predicates = new Set(['every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some']);

/** The methods whose name and receiver say what becomes of the callback's result; undefined for all others. */
export async function methodUse(call: CallExpression, index: number, ctx: RuleContext): Promise<MethodUse | undefined> {
  const callee = unwrap(call.expression);
  if (index !== 0 || !isPropertyAccessExpression(callee)) return undefined;
  const use = useByName(callee.name.text);
  if (!use) return undefined;
  const receiver = await ctx.types.typeOf(callee.expression);
  if (use === 'finally') return (await receiver.thenability()).isPromise ? use : undefined;
  // What becomes of the result does not mend an accumulator that nobody awaits; Bluebird does, and so do chains of elements.
  if (receiver.isUnknown && use === 'accumulator')
    return /^(?:Promise|Bluebird|B)$|\$\$?\(/.test(callee.expression.getText()) ? undefined : use;
  if (receiver.isUnknown) return isTakenAsPlain(call, use) ? use : undefined;
  // What iterates is told by the callback's type, whatever the collection.
  if (use === 'iteration') return undefined;
  return (await isArray(receiver)) || (await isMethodOfArray(callee, ctx)) ? use : undefined;
}

function useByName(name: string): MethodUse | undefined {
  if (predicates.has(name)) return 'predicate';
  switch (name) {
    case 'forEach':
      return 'iteration';
    case 'sort':
    case 'toSorted':
      return 'comparator';
    case 'reduce':
    case 'reduceRight':
      return 'accumulator';
    case 'finally':
      return 'finally';
    default:
      return undefined;
  }
}

/**
 * Where the receiver's type is unknown, its method may still be one of a library that waits: then the result is awaited,
 * chained or returned. An array's result is not.
 */
function isTakenAsPlain(call: CallExpression, use: MethodUse): boolean {
  const at = wrapped(call);
  const { parent } = at;
  if (isAwaitExpression(parent) || nextLink(call)) return false;
  // Nothing sorts by promises.
  if (use === 'comparator') return true;
  if (use === 'iteration') return parent.kind === SyntaxKind.ExpressionStatement;
  return parent.kind !== SyntaxKind.ReturnStatement && parent.kind !== SyntaxKind.ArrowFunction;
}

/** Where an array's type is part of another, such as an intersection, its method still is the array's. */
async function isMethodOfArray(callee: Node, ctx: RuleContext): Promise<boolean> {
  const declarations = await ctx.types.declarationsOf(callee);
  const owners = declarations.map(
    (node) => (node.parent as Node & { readonly name?: { readonly text?: string } }).name?.text,
  );
  return owners.length > 0 && owners.every((name) => name === 'Array' || name === 'ReadonlyArray');
}

async function isArray(type: TypeView): Promise<boolean> {
  const members = await ((await type.constrained()) ?? type).unionMembers();
  const answers = await Promise.all(members.filter((member) => !member.isNullish).map((member) => member.elements()));
  return answers.length > 0 && answers.every((elements) => elements !== undefined);
}

/**
 * The accumulator of an async `reduce` callback, where the callback uses it as if it were not a promise, or not at all.
 * Undefined where it is awaited, chained or handed on.
 */
export function unawaitedAccumulator(fn: FunctionNode): Node | undefined {
  const [first] = fn.parameters;
  if (!first || !fn.body) return undefined;
  if (!isIdentifier(first.name)) return first.name;
  const { text } = first.name;
  let isUsedAsPromise = false;
  const look = (node: Node): void => {
    if (isIdentifier(node) && node.text === text && node.parent !== first && !isPlainUse(node)) isUsedAsPromise = true;
    node.forEachChild(look);
  };
  look(fn.body);
  return isUsedAsPromise ? undefined : first.name;
}

/** Whether a use of the accumulator would not work on a promise. */
function isPlainUse(name: Node): boolean {
  const at = wrapped(name);
  const { parent } = at;
  if (isPropertyAccessExpression(parent)) {
    if (parent.name === at) return true;
    return parent.expression === at && !['then', 'catch', 'finally'].includes(parent.name.text);
  }
  if (isElementAccessExpression(parent)) return parent.expression === at;
  if (isSpreadAssignment(parent) || isSpreadElement(parent)) return true;
  if (isBinaryExpression(parent))
    return parent.operatorToken.kind !== SyntaxKind.EqualsToken && parent.operatorToken.kind !== SyntaxKind.CommaToken;
  if (isVariableDeclaration(parent)) return parent.initializer === at && !isIdentifier(parent.name);
  // `return acc` gives the promise on, which an async function waits for.
  if (parent.kind === SyntaxKind.ReturnStatement || parent.kind === SyntaxKind.ArrowFunction) return true;
  return isBindingElement(parent) || parent.kind === SyntaxKind.TemplateSpan || parent.kind === SyntaxKind.IfStatement;
}

/** Whether an async callback waits for nothing, so that only its promise is in the way. */
export function waitsForNothing(fn: FunctionNode): boolean {
  let waits = false;
  if (fn.body) {
    walkBody(fn.body, (node) => {
      if (isAwaitExpression(node) || (isCallExpression(node) && node.parent.kind === SyntaxKind.AwaitExpression))
        waits = true;
    });
  }
  return !waits;
}
