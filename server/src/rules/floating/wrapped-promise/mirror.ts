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

/** Whether all calls of `resolve` and `reject` stand in the handlers themselves, not in callbacks within and under no condition. */
function settlesAtOnce({ uses }: Settlers, handlers: readonly Node[]): boolean {
  return uses.every((use) => {
    for (let at: Node = use; at.parent; at = at.parent) {
      if (handlers.includes(at)) return true;
      if (isFunctionNode(at) || isConditional(at)) return false;
    }
    return false;
  });
}

/** `isCancelled || resolve(x)` and `if (…) resolve(x)`: the outcome is chosen. */
function isConditional(node: Node): boolean {
  return isIfStatement(node) || isConditionalExpression(node) || isBinaryExpression(node) || isSwitchStatement(node);
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
