/** How calls and callbacks are written, as far as it says whether two of them can be under way at once. Asks the compiler nothing. */
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  type Identifier,
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isJsxAttribute,
  isLoop,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVoidExpression,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../typescript/ast.ts';
import { declarationName } from '../typescript/lexical-scopes.ts';
import { chainCall, chainOf } from '../typescript/promise-syntax.ts';
import { functionName } from './uses.ts';

/** `const task = createTask(); await task.run();`: an object of this call, which nobody else has yet. */
export function isFreshReceiver(call: CallExpression): boolean {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return false;
  const receiver = unwrap(callee.expression);
  const made = isIdentifier(receiver) ? valueOf(receiver) : receiver;
  if (made === undefined) return false;
  if (isNewExpression(made)) return true;
  return (
    isCallExpression(made) &&
    /^(?:create|build|make|new)(?:[A-Z_]|$)|(?:Create|Build|Make)(?:[A-Z_]|$)/.test(lastName(made) ?? '')
  );
}

/** What a local constant was made as. */
function valueOf(name: Identifier): Node | undefined {
  const declared = declarationName(name)?.parent;
  if (!declared || !isVariableDeclaration(declared) || !declared.initializer) return undefined;
  const owner = enclosingFunction(declared);
  if (!owner || owner !== enclosingFunction(name)) return undefined;
  const value = unwrap(declared.initializer);
  return isIdentifier(value) ? (valueOf(value) ?? value) : value;
}

/** Whether nobody waits for what a call gives: its promise is dropped, or only gets handlers. */
export function isDropped(call: Node): boolean {
  let at = wrapped(call);
  for (;;) {
    const link = at.parent?.parent ? chainCall(at.parent.parent) : undefined;
    if (!link || unwrap(link.receiver) !== unwrap(at)) break;
    at = wrapped(link.call);
  }
  const { parent } = at;
  return isExpressionStatement(parent) || isVoidExpression(parent);
}

/** Whether a place is in a loop of a function's own code. */
export function inLoop(node: Node, fn: FunctionNode): boolean {
  for (let at: Node | undefined = node.parent; at && at !== fn; at = at.parent) {
    if (isLoop(at)) return true;
  }
  return false;
}

/** `this.tail = this.tail.then(work)`: every call waits for the one before it. */
export function isTail(call: Node): boolean {
  const { start } = chainOf(call);
  const at = wrapped(outermostLink(call));
  const { parent } = at;
  const target = isBinaryExpression(parent) && parent.right === at ? parent.left.getText() : undefined;
  if (target !== undefined) return start.getText() === target;
  if (!isVariableDeclaration(parent)) return false;
  // `const next = this.tail.then(work); this.tail = next;`
  const name = parent.name.getText();
  const text = (enclosingFunction(call) ?? call.getSourceFile()).getText();
  const escaped = start.getText().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`${escaped}\\s*=\\s*${name.replaceAll('$', '\\$')}\\b`).test(text);
}

function outermostLink(call: Node): Node {
  let at = call;
  for (;;) {
    const next = wrapped(at).parent?.parent;
    const link = next ? chainCall(next) : undefined;
    if (!link || unwrap(link.receiver) !== unwrap(at)) return at;
    at = link.call;
  }
}

/** `export const x = { command, handler }`: the program runs it once and ends. */
export function isCommandObject(literal: Node): boolean {
  if (!isObjectLiteralExpression(literal)) return false;
  const names = literal.properties.map((property) => (property as { readonly name?: Node }).name?.getText());
  return names.includes('command') && (names.includes('handler') || names.includes('describe'));
}

/** `program.command('build').action(run)`. */
export function isCommandRegistration(call: Node & { readonly expression: Node }): boolean {
  return /\.(?:command|action)\($/.test(`${call.expression.getText()}(`) || lastName(call.expression) === 'action';
}

/** Whether a callback gives a promise, as far as its form says. */
export function isAsyncLike(fn: FunctionNode): boolean {
  return hasModifier(fn, SyntaxKind.AsyncKeyword) || fn.body?.kind === SyntaxKind.CallExpression;
}

/** The attribute that a function is the value of: `onClick={async () => …}`. */
export function jsxAttributeOf(fn: FunctionNode): Node | undefined {
  const expression = wrapped(fn).parent;
  return expression?.kind === SyntaxKind.JsxExpression && isJsxAttribute(expression.parent)
    ? expression.parent
    : undefined;
}

/** Methods of promises that call back. */
export const promiseMethods = new Set(['then', 'catch', 'finally']);

/** Methods that start a callback for every element without waiting. */
export const iterating = new Set(['map', 'flatMap', 'forEach']);

/** `limit(work)` after `const limit = pLimit(1)`, and `queue.add(work)` of a queue with concurrency 1. */
export function isQueueOfOne(call: CallExpression): boolean {
  const callee = unwrap(call.expression);
  const names = [lastName(callee), isPropertyAccessExpression(callee) ? lastName(callee.expression) : undefined];
  return names.some((name) => name !== undefined && holdsLimitOfOne(name, call.getSourceFile().text));
}

function holdsLimitOfOne(name: string, text: string): boolean {
  const escaped = name.replaceAll('$', '\\$');
  const limits = `(?:\\w*[lL]imit\\w*\\(\\s*1\\s*\\)|new \\w+\\(\\s*\\{[^}]*\\bconcurrency:\\s*1\\b)`;
  return new RegExp(`(?<![\\w$])${escaped}\\s*(?::[^=;]*)?=\\s*${limits}`).test(text);
}

/** Functions that start what they are given once at a time. */
export const oneByOne =
  /^(?:runExclusive|withLock|withMutex|exclusive|synchroni[sz]ed?|serialize|sequentiali[sz]e|criticalSection|acquireLock|lock|mapSeries|eachSeries|forEachSeries|pMapSeries|pEachSeries|singleFlight|singleton|dedupe|once|runOnce|memoi[sz]e|debounced?Async)$/i;

/** Names of functions that take a handler of requests. */
export const requestNames =
  /^(?:use|get|post|put|patch|delete|all|route|createServer|serve|fetch|handle|setRequestHandler|registerTool|tool)$/;

/** Names of functions that take a handler of events or requests. */
export const handlerNames =
  /^(?:on(?:[A-Z]\w*|ce)?|addListener|prependListener|addEventListener|subscribe|observe|watch|listen|use|get|post|put|patch|all|route|createServer|serve|registerCommand|registerTool|tool|setRequestHandler|setNotificationHandler|handle|consume|process|addHook|hook|useCallback)$/;

/** What the one who loads a program calls, and calls once: the `activate` of an extension. */
export function isOnceInProgram(fn: FunctionNode): boolean {
  return /^(?:main|bootstrap|activate|deactivate|onApplicationBootstrap)$/.test(functionName(fn)?.text ?? '');
}

/** Steps of a life that frameworks and mains take once: `main`, `componentDidMount`, `onModuleInit`. */
export function isOnceByName(fn: FunctionNode): boolean {
  const name = functionName(fn)?.text ?? '';
  return /^(?:main|bootstrap|componentDidMount|componentWillUnmount|onModuleInit|onModuleDestroy|onApplicationBootstrap|ngOnInit|activate|deactivate|run[A-Z]?Main)$/.test(
    name,
  );
}
