import { isShutdown, workKind } from '../../knowledge/best-effort.ts';
import type { CancellationKnowledge } from '../../knowledge/cancellation.ts';
import {
  type CallExpression,
  enclosingFunction,
  type Identifier,
  isCallExpression,
  isCatchClause,
  isConditionalExpression,
  isExpressionStatement,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadAssignment,
  isTryStatement,
  isVariableDeclaration,
  isVoidExpression,
  isWithin,
  isYieldExpression,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { FileView } from '../../typescript/file-view.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { nextLink } from '../../typescript/promise-syntax.ts';
import { isTestPath } from '../blocking/blocking-places.ts';
import { isAwaited } from '../lifetime/shared-lifetime.ts';
import { functionName } from '../uses.ts';
import type { ScopedSignal } from './signal-scope.ts';

export type Call = CallExpression | NewExpression;

/** Tests abort what they like, and wait for what they like. */
export function isAside({ isTest, path }: FileView): boolean {
  return isTest || isTestPath(path);
}

/** A look at the syntax: whether a call may be work, and neither log nor part of a chain. */
export function isLongWork(call: Call, known: CancellationKnowledge): boolean {
  if (!enclosingFunction(call)) return false;
  const callee = unwrap(call.expression);
  if (callee.kind === SyntaxKind.SuperKeyword || callee.kind === SyntaxKind.ImportKeyword) return false;
  const name = lastName(callee);
  if (name === undefined || never.has(name)) return false;
  const text = callee.getText();
  if (text.startsWith('Promise.') || (text.length < mostText && known.logs(text))) return false;
  const kind = workKind(name);
  if (kind === 'courtesy' || kind === 'state') return false;
  return true;
}

/** What is chained, what is about aborts itself, and files that are written, which are worse half than whole. */
const never = new Set([
  'then',
  'catch',
  'finally',
  'abort',
  'cancel',
  'throwIfAborted',
  'addEventListener',
  'removeEventListener',
  'any',
  'super',
  'writeFile',
  'appendFile',
  'createWriteStream',
]);

const mostText = 100;

/** `for await (const x of call())` and `yield* call()`. */
export function isIterated(call: Call): boolean {
  const { parent } = wrapped(call);
  if (isYieldExpression(parent)) return parent.asteriskToken !== undefined;
  return isForOfStatement(parent) && parent.awaitModifier !== undefined;
}

/** Started and not waited for: it may go on for a reason. A process that is started is waited for by its events. */
export function isDropped(call: Call): boolean {
  if (isNewExpression(call) || /^(?:spawn|fork)$/.test(lastName(call.expression) ?? '')) return false;
  let at = wrapped(call);
  for (let link = nextLink(at); link; link = nextLink(at)) {
    // `load().then(resolve, reject)`: somebody else waits for it.
    if (link.args.some((argument) => isIdentifier(argument) && /^(?:resolve|reject|done|next)/.test(argument.text)))
      return false;
    at = wrapped(link.call);
  }
  if (isAwaited(call)) return false;
  return isExpressionStatement(at.parent) || isVoidExpression(at.parent);
}

/** Whether a call is visibly given some signal or controller, or its receiver is. */
export function bringsOwnSignal(call: Call): boolean {
  const callee = unwrap(call.expression);
  if (isPropertyAccessExpression(callee) && mentionsSignal(callee.expression)) return true;
  return (call.arguments ?? []).some((argument) => mentionsSignal(argument) && !isSubstitute(argument));
}

/** A deadline, or a signal that nobody can abort: neither stands for the signal from outside. */
function isSubstitute(argument: Node): boolean {
  return /AbortSignal\.timeout\(|(?:^|:\s*)new AbortController\(\)\.signal\b/.test(argument.getText());
}

export function mentionsSignal(node: Node): boolean {
  let found = false;
  const look = (at: Node): void => {
    if (found || isFunctionNode(at)) return;
    if (isIdentifier(at) && /signal|abort|cancel/i.test(at.text)) found = true;
    at.forEachChild(look);
  };
  look(node);
  return found;
}

/** Whether a call is given the whole object that the signal is a member of, or what was made of it and is spread. */
export function passesWhole(call: Call, { from, name }: ScopedSignal): boolean {
  if (from !== 'member' || !isIdentifier(name)) return false;
  const isPart = (at: Node): boolean => isSpreadAssignment(at) && namesWhole(madeOf(at.expression), name);
  return (call.arguments ?? []).some((argument) => namesWhole(argument, name) || contains(argument, isPart));
}

/** Whether an expression names an object and not only a member of it. */
function namesWhole(expression: Node | undefined, name: Identifier): boolean {
  return (
    expression !== undefined &&
    contains(expression, (at) => isIdentifier(at) && at.text === name.text && !isMemberRead(at))
  );
}

/** What a variable that is spread was made of: `const rest = omit(init, ['headers'])`, `const { headers, ...rest } = init`. */
function madeOf(spread: Node): Node | undefined {
  const at = unwrap(spread);
  let declared: Node | undefined = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  while (declared && !isVariableDeclaration(declared) && !isFunctionNode(declared)) declared = declared.parent;
  return declared && isVariableDeclaration(declared) ? declared.initializer : undefined;
}

function contains(root: Node, isIt: (at: Node) => boolean): boolean {
  let found = false;
  const look = (at: Node): void => {
    if (found || isFunctionNode(at)) return;
    found = isIt(at);
    if (!found) at.forEachChild(look);
  };
  look(root);
  return found;
}

/** `options` in `options.url`: a part of it is passed. */
function isMemberRead(name: Node): boolean {
  const { parent } = wrapped(name);
  if (isPropertyAccessExpression(parent)) return true;
  return parent.kind === SyntaxKind.ElementAccessExpression || (parent as { readonly name?: Node }).name === name;
}

/** Why the work at a place has to go on although everything is being stopped; undefined where nothing says so. */
export function worksOnAfterAbort(place: Node): string | undefined {
  const name = lastName((place as { readonly expression?: Node }).expression ?? place) ?? '';
  let inner: Node = place;
  for (let at = place.parent; at; inner = at, at = at.parent) {
    if (isTryStatement(at) && at.finallyBlock === inner) return 'it stands in a `finally` block';
    if (isCatchClause(at) && workKind(name) === 'cleanup') return 'it tidies up after a failure';
    if (isIfStatement(at) && at.thenStatement === inner && asksForAbort(at.expression))
      return 'this runs after an abort';
    if (isConditionalExpression(at) && at.whenTrue === inner && asksForAbort(at.condition))
      return 'this runs after an abort';
    if (!isFunctionNode(at)) continue;
    const owned = functionName(at)?.text ?? '';
    if (isShutdown(owned)) return `\`${owned}\` ends something`;
    const owner = wrapped(at).parent;
    const isFinally = isCallExpression(owner) && lastName(owner.expression) === 'finally';
    if (isFinally && !isWithin(place, owner.expression)) return 'it stands in a `finally` handler';
  }
  return undefined;
}

function asksForAbort(condition: Node): boolean {
  const text = condition.getText();
  return (
    /\baborted\b|isCancellationRequested|isAbort|isCancel|AbortError/.test(text) &&
    !/!\s*[\w$.?]*(?:aborted|isCancel)/.test(text)
  );
}
