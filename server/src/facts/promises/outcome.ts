import type { PromiseKnowledge } from '../../knowledge/promises.ts';
import {
  type CallExpression,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionNode,
  isGenerator,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  type Node,
  type SourceFile,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';

/** What a call gives back: `unknown` where no definition was found, `other` for neither a promise nor an async generator. */
export type Outcome = 'promise' | 'asyncGenerator' | 'other' | 'unknown';

/**
 * Decides by the definition in the project, for calls whose type is unknown or not to be trusted: JavaScript with a wrong
 * comment, packages that are not installed, `any`. A function that is async, or that visibly returns a promise, gives one.
 * Where the project has no definition, what is known of Node and of packages by name decides.
 */
export function outcomeOfCall(call: CallExpression, types: Oracle, known: PromiseKnowledge): Promise<Outcome> {
  return outcome(call, { types, known }, 0);
}

/** Longer chains of functions that only pass a promise on are rare. */
const deepest = 3;

interface Tools {
  readonly types: Oracle;
  readonly known: PromiseKnowledge;
}

async function outcome(call: CallExpression, tools: Tools, depth: number): Promise<Outcome> {
  const { types, known } = tools;
  const declared = await types.functionsOf(call.expression);
  const functions = declared.length > 0 ? declared : prototypeFunctions(call);
  if (functions.length === 0) {
    const receiver = chainCall(call)?.receiver;
    const start = receiver && unwrap(receiver);
    if (start && isCallExpression(start) && depth < deepest)
      return (await outcome(start, tools, depth + 1)) === 'promise' ? 'promise' : 'unknown';
    return known.givesPromise(await types.origins(call.expression)) ? 'promise' : 'unknown';
  }
  const outcomes = await Promise.all(functions.map((fn) => outcomeOfFunction(fn, tools, depth)));
  return outcomes.find((found) => found === 'promise' || found === 'asyncGenerator') ?? outcomes[0] ?? 'unknown';
}

async function outcomeOfFunction(fn: FunctionNode, tools: Tools, depth: number): Promise<Outcome> {
  if (isAsyncFunction(fn)) return isGenerator(fn) ? 'asyncGenerator' : 'promise';
  if (isGenerator(fn)) return 'other';
  const answers = await Promise.all(returnedExpressions(fn).map((value) => isPromise(value, tools, depth)));
  return answers.some(Boolean) ? 'promise' : 'other';
}

/** `this.save()` where the same file has `Store.prototype.save = …`, which the compiler does not follow. */
function prototypeFunctions(call: CallExpression): readonly FunctionNode[] {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || callee.expression.kind !== SyntaxKind.ThisKeyword) return [];
  const file = call.getSourceFile();
  let methods = prototypeMethods.get(file);
  if (!methods) prototypeMethods.set(file, (methods = readPrototypes(file)));
  return methods.get(callee.name.text) ?? [];
}

const prototypeMethods = new WeakMap<SourceFile, ReadonlyMap<string, readonly FunctionNode[]>>();

function readPrototypes(file: SourceFile): ReadonlyMap<string, readonly FunctionNode[]> {
  const methods = new Map<string, readonly FunctionNode[]>();
  if (!file.text.includes('.prototype.')) return methods;
  for (const statement of file.statements) {
    if (!isExpressionStatement(statement) || !isBinaryExpression(statement.expression)) continue;
    const { left, right } = statement.expression;
    if (!isPropertyAccessExpression(left) || !isPropertyAccessExpression(left.expression)) continue;
    if (left.expression.name.text !== 'prototype' || !isFunctionNode(right)) continue;
    methods.set(left.name.text, [...(methods.get(left.name.text) ?? []), right]);
  }
  return methods;
}

/** The expressions that a function returns, in order. */
export function returnedExpressions(fn: FunctionNode): readonly Node[] {
  const { body } = fn as { readonly body?: Node };
  if (!body) return [];
  if (isArrowFunction(fn) && !isBlock(body)) return [body];
  const found: Node[] = [];
  walkBody(body, (node) => {
    if (isReturnStatement(node) && node.expression) found.push(node.expression);
  });
  return found;
}

async function isPromise(expression: Node, tools: Tools, depth: number): Promise<boolean> {
  const value = unwrap(expression);
  if (isConditionalExpression(value)) {
    return (await isPromise(value.whenTrue, tools, depth)) || isPromise(value.whenFalse, tools, depth);
  }
  if (isNewExpression(value)) return isIdentifier(value.expression) && value.expression.text === 'Promise';
  if (!isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  if (isPropertyAccessExpression(callee)) {
    if (isIdentifier(callee.expression) && callee.expression.text === 'Promise') return true;
    // Whatever has a `then` that is given a function here is treated as a promise by its own author.
    if (['then', 'finally'].includes(callee.name.text)) return value.arguments.length > 0;
  }
  return depth < deepest && (await outcome(value, tools, depth + 1)) === 'promise';
}
