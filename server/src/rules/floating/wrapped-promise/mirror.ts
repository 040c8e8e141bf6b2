import {
  type FunctionNode,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isObjectLiteralExpression,
  isReturnStatement,
  isSwitchStatement,
  isVoidExpression,
  isWithin,
  type Node,
  unwrap,
} from '../../../typescript/ast.ts';
import { type ChainCall, chainOf } from '../../../typescript/promise-syntax.ts';
import type { Settlers } from './settlers.ts';

/** An executor that only passes on how another promise ends. */
export interface Mirror {
  /** What the chain starts with. */
  readonly start: Node;
  readonly links: readonly ChainCall[];
  readonly settlers: Settlers;
}

/**
 * `p.then(resolve, reject)`, `p.then((x) => { resolve(f(x)); }).catch(reject)` and `resolve(p)`, where that is all that
 * the executor does. Whether `p` is a promise is a question for the types.
 */
export function mirrored(executor: FunctionNode, settlers: Settlers): Mirror | undefined {
  const only = onlyExpression(executor);
  if (!only) return undefined;
  if (isCallExpression(only) && isNamed(only.expression, settlers.resolve)) {
    const [value] = only.arguments;
    const isPlain = value && settlers.uses.length === 1 && isCallExpression(unwrap(value));
    return isPlain ? { start: unwrap(value), links: [], settlers } : undefined;
  }
  const { start, links } = chainOf(only);
  if (links.length === 0 || !links.some(({ method }) => method === 'then')) return undefined;
  const handlers = links.flatMap(({ args }) => args);
  // A promise that is started with `resolve` in its hands, or that somebody else settles too, is more than a copy.
  const isAll = settlers.uses.every((use) => handlers.some((handler) => isWithin(use, handler)));
  return isAll && settlesAtOnce(settlers, handlers) ? { start, links, settlers } : undefined;
}

/** Whether all calls of `resolve` and `reject` stand in the handlers themselves, not in callbacks within, and every way through a handler comes to one. */
function settlesAtOnce(settlers: Settlers, handlers: readonly Node[]): boolean {
  return settlers.uses.every((use) => {
    for (let at: Node = use; at.parent; at = at.parent) {
      if (handlers.includes(at)) return true;
      if (isFunctionNode(at) || isConditional(at)) return false;
      if (isIfStatement(at) && !isChoice(at, handlers, settlers)) return false;
    }
    return false;
  });
}

/** `isCancelled || resolve(x)`: whether it is settled is chosen. */
function isConditional(node: Node): boolean {
  return isConditionalExpression(node) || isBinaryExpression(node) || isSwitchStatement(node);
}

/** `if (!ok) { reject(error); return; } resolve(value)`: how it is settled is chosen; `if (…) resolve(x)` alone may leave it open. */
function isChoice(choice: Node, handlers: readonly Node[], settlers: Settlers): boolean {
  let at = choice;
  while (at.parent && !isFunctionNode(at)) at = at.parent;
  const { body } = at as FunctionNode;
  return handlers.includes(at) && body !== undefined && settles(body, settlers) === 'always';
}

/** Whether a statement settles the promise on each of its ways, `ends` the handler on some without, or does neither. */
function settles(statement: Node, settlers: Settlers): 'always' | 'leaves' | 'not' {
  if (isBlock(statement)) {
    let has: 'always' | 'not' = 'not';
    for (const each of statement.statements) {
      if (isReturnStatement(each) && !each.expression) return has === 'always' ? 'always' : 'leaves';
      const found = settles(each, settlers);
      if (found === 'leaves') return 'leaves';
      if (found === 'always') has = 'always';
    }
    return has;
  }
  if (isIfStatement(statement)) {
    const taken = settles(statement.thenStatement, settlers);
    const other = statement.elseStatement ? settles(statement.elseStatement, settlers) : 'not';
    if (taken === 'leaves' || other === 'leaves') return 'leaves';
    return taken === 'always' && other === 'always' ? 'always' : 'not';
  }
  const value = isExpressionStatement(statement) || isReturnStatement(statement) ? statement.expression : undefined;
  const call = value && withoutVoid(value);
  const isSettler =
    call !== undefined &&
    isCallExpression(call) &&
    (isNamed(call.expression, settlers.resolve) || isNamed(call.expression, settlers.reject));
  return isSettler ? 'always' : isReturnStatement(statement) ? 'leaves' : 'not';
}

/** The expression that is all of a function's body. */
export function onlyExpression({ body }: FunctionNode): Node | undefined {
  if (!body) return undefined;
  if (!isBlock(body)) return withoutVoid(body);
  const [only, ...others] = body.statements;
  if (!only || others.length > 0) return undefined;
  if (isExpressionStatement(only)) return withoutVoid(only.expression);
  return isReturnStatement(only) && only.expression ? withoutVoid(only.expression) : undefined;
}

function withoutVoid(expression: Node): Node {
  const at = unwrap(expression);
  return isVoidExpression(at) ? unwrap(at.expression) : at;
}

export function isNamed(node: Node, name: string | undefined): boolean {
  const at = unwrap(node);
  return isIdentifier(at) && at.text === name;
}

/** The promise itself, with the handlers that change its value; undefined where a handler does more. */
export function unwrapped({ start, links, settlers }: Mirror): string | undefined {
  let text = start.getText();
  for (const { method, args } of links) {
    if (method === 'finally') {
      text += `.finally(${args.map((argument) => argument.getText()).join(', ')})`;
      continue;
    }
    const isCatch = method === 'catch';
    const [fulfilled, rejected] = isCatch ? [undefined, args[0]] : args;
    if (rejected && !isPassedOn(rejected, settlers.reject)) return undefined;
    if (!fulfilled || isPassedOn(fulfilled, settlers.resolve)) continue;
    const changed = changedValue(fulfilled, settlers.resolve);
    if (changed === undefined) return undefined;
    text += `.then(${changed})`;
  }
  return text;
}

/** `resolve` itself and `(x) => resolve(x)`. */
function isPassedOn(handler: Node, name: string | undefined): boolean {
  if (name === undefined) return false;
  if (isNamed(handler, name)) return true;
  const fn = unwrap(handler);
  const [parameter] = isFunctionNode(fn) ? fn.parameters : [];
  const call = isFunctionNode(fn) ? onlyExpression(fn) : undefined;
  if (!parameter || !call || !isCallExpression(call) || !isNamed(call.expression, name)) return false;
  return call.arguments.length === 1 && call.arguments[0]?.getText() === parameter.name.getText();
}

/** `(x) => f(x)` of `(x) => resolve(f(x))`. */
function changedValue(handler: Node, resolve: string): string | undefined {
  const fn = unwrap(handler);
  const call = isArrowFunction(fn) ? onlyExpression(fn) : undefined;
  if (!isArrowFunction(fn) || !call || !isCallExpression(call) || !isNamed(call.expression, resolve)) return undefined;
  const [value] = call.arguments;
  const parameters = fn.parameters.map((parameter) => parameter.getText()).join(', ');
  if (!value) return `(${parameters}) => undefined`;
  const text = isObjectLiteralExpression(unwrap(value)) ? `(${value.getText()})` : value.getText();
  return `(${parameters}) => ${text}`;
}
