/** How promises are written: chains of `.then`, the keyword `await`, the part of an expression that names it. Asks the compiler nothing. */
import type { Span } from '../model/span.ts';
import {
  type AwaitExpression,
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from './ast.ts';
import { mentions } from './mentions.ts';
import { NodeNotes } from './node-notes.ts';
import { remember } from './remember.ts';

export type ChainMethod = 'then' | 'catch' | 'finally';

/** One link of a chain: `receiver.method(…args)`. */
export interface ChainCall {
  readonly call: CallExpression;
  readonly receiver: Node;
  readonly method: ChainMethod;
  /** The name `then`, `catch` or `finally` itself. */
  readonly name: Node;
  readonly args: readonly Node[];
}

/** `x.then(…)`, `x.catch(…)` or `x.finally(…)`. Whether `x` is a promise is a question for the types. */
export function chainCall(node: Node): ChainCall | undefined {
  const call = unwrap(node);
  if (!isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return undefined;
  const method = callee.name.text;
  if (method !== 'then' && method !== 'catch' && method !== 'finally') return undefined;
  return { call, receiver: callee.expression, method, name: callee.name, args: call.arguments };
}

/** The links of a chain from its start to `node`, and what it starts with. */
export function chainOf(node: Node): { readonly start: Node; readonly links: readonly ChainCall[] } {
  const links: ChainCall[] = [];
  let at = unwrap(node);
  for (let link = chainCall(at); link; link = chainCall(at)) {
    links.unshift(link);
    at = unwrap(link.receiver);
  }
  return { start: at, links };
}

/** The call that continues a chain after `node`: the `.then(…)` whose receiver it is. */
export function nextLink(node: Node): ChainCall | undefined {
  const at = wrapped(node);
  const access = at.parent;
  if (!access || !isPropertyAccessExpression(access) || access.expression !== at) return undefined;
  const call = access.parent;
  return isCallExpression(call) && call.expression === access ? chainCall(call) : undefined;
}

/** The whole of the chain that goes on after `node`, with the parentheses around it; the node itself where none does. */
export function chainEnd(node: Node): Node {
  let at = wrapped(node);
  for (let link = nextLink(at); link; link = nextLink(at)) at = wrapped(link.call);
  return at;
}

/** Whether a link has a handler for rejections. A handler that is plainly not a function counts as none. */
export function handlesRejection({ method, args }: ChainCall): boolean {
  const handler = method === 'catch' ? args[0] : method === 'then' ? args[1] : undefined;
  return handler !== undefined && !isNothing(unwrap(handler));
}

/** `null`, `undefined` and `void 0`. */
export function isNothing(node: Node): boolean {
  return (
    node.kind === SyntaxKind.NullKeyword ||
    node.kind === SyntaxKind.VoidExpression ||
    (isIdentifier(node) && node.text === 'undefined')
  );
}

/** The keyword `await` of an expression. */
export function awaitKeyword(node: AwaitExpression): Span {
  const start = node.getStart();
  return { start, end: start + 'await'.length };
}

/** A short name for an expression in a message: `this.load()`, `cache.get('k')`, or the first line with an ellipsis. */
export function nameOf(expression: Node): string {
  const at = unwrap(expression);
  const callee = isCallExpression(at) ? unwrap(at.expression) : undefined;
  const text = callee
    ? `${shortened(callee)}()`
    : isNewExpression(at)
      ? `new ${shortened(at.expression)}`
      : shortened(at);
  return text.replaceAll('`', "'");
}

function shortened(node: Node): string {
  if (isPropertyAccessExpression(node)) {
    const base = unwrap(node.expression);
    const isShort =
      isIdentifier(base) ||
      isPropertyAccessExpression(base) ||
      base.kind === SyntaxKind.ThisKeyword ||
      base.kind === SyntaxKind.SuperKeyword;
    return isShort ? `${shortened(base)}.${node.name.text}` : `….${node.name.text}`;
  }
  const [line = '', ...rest] = node.getText().split(/\r?\n/);
  const isLong = rest.length > 0 || line.length > longestName;
  return isLong ? `${line.slice(0, longestName).trimEnd()}…` : line;
}

/** Messages stay under 90 characters with the longest name in them. */
const longestName = 28;

/** Whether the function's own body, or a default value of its parameters, holds a suspension: `await`, `for await`, `await using`. */
export function suspends(fn: FunctionNode): boolean {
  return remember(knownSuspends, fn, () => mentions(fn, awaiting) && findSuspension(fn));
}

const knownSuspends = new NodeNotes<boolean>();
/** Most functions do not have the word anywhere, and need not be gone through. */
const awaiting = /\bawait\b/g;

function findSuspension(fn: FunctionNode): boolean {
  let found = false;
  const look = (node: Node): boolean => {
    if (found) return false;
    if (node.kind === SyntaxKind.AwaitExpression) found = true;
    if (node.kind === SyntaxKind.ForOfStatement && (node as { readonly awaitModifier?: Node }).awaitModifier)
      found = true;
    if (isAwaitUsing(node)) found = true;
    return !found;
  };
  for (const parameter of fn.parameters) walkBody(parameter, look);
  if (fn.body) walkBody(fn.body, look);
  return found;
}

export function isAwaitUsing(node: Node): boolean {
  return node.kind === SyntaxKind.VariableDeclarationList && (node.flags & usingMask) === awaitUsing;
}

/** `using` and `await using`. */
export function isUsing(node: Node): boolean {
  const kind = node.flags & usingMask;
  return node.kind === SyntaxKind.VariableDeclarationList && (kind === awaitUsing || kind === using);
}

/** TypeScript's flags of a declaration list: let 1, const 2, using 4, await using 6. */
const usingMask = 7;
const using = 4;
const awaitUsing = 6;

/** The base and the member's name of `base.name` and `base['name']`. */
export function memberOf(node: Node): { readonly base: Node; readonly name: string; readonly at: Node } | undefined {
  const access = unwrap(node);
  if (isPropertyAccessExpression(access)) return { base: access.expression, name: access.name.text, at: access.name };
  if (!isElementAccessExpression(access)) return undefined;
  const argument = unwrap(access.argumentExpression);
  return isStringLiteral(argument) ? { base: access.expression, name: argument.text, at: argument } : undefined;
}
