import { isShutdown, workKind } from '../../knowledge/best-effort.ts';
import type { CancellationKnowledge } from '../../knowledge/cancellation.ts';
import {
  type CallExpression,
  enclosingFunction,
  isBinaryExpression,
  isCallExpression,
  isCatchClause,
  isConditionalExpression,
  isExpressionStatement,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isLoop,
  isNewExpression,
  isNumericLiteral,
  isPropertyAccessExpression,
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
import { referencesTo } from '../../typescript/references.ts';
import { isTestPath } from '../blocking/blocking-places.ts';
import { isAwaited } from '../lifetime/shared-lifetime.ts';
import { functionName } from '../uses.ts';
import type { ScopedSignal } from './signal-scope.ts';

type Call = CallExpression | NewExpression;

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

function mentionsSignal(node: Node): boolean {
  let found = false;
  const look = (at: Node): void => {
    if (found || isFunctionNode(at)) return;
    if (isIdentifier(at) && /signal|abort|cancel/i.test(at.text)) found = true;
    at.forEachChild(look);
  };
  look(node);
  return found;
}

/** Whether a call is given the whole object that the signal is a member of. */
export function passesWhole(call: Call, { from, name }: ScopedSignal): boolean {
  if (from !== 'member' || !isIdentifier(name)) return false;
  let found = false;
  const look = (at: Node): void => {
    if (found || isFunctionNode(at)) return;
    if (isIdentifier(at) && at.text === name.text && !isMemberRead(at)) found = true;
    at.forEachChild(look);
  };
  for (const argument of call.arguments ?? []) look(argument);
  return found;
}

/** `options` in `options.url`: a part of it is passed. */
function isMemberRead(name: Node): boolean {
  const { parent } = wrapped(name);
  if (isPropertyAccessExpression(parent)) return true;
  return parent.kind === SyntaxKind.ElementAccessExpression || (parent as { readonly name?: Node }).name === name;
}

/** Why a call may be without the signal that is in scope, by what stands around it; undefined where nothing says so. */
export function mayGoWithout(call: Call, signal: ScopedSignal): string | undefined {
  const { parent } = wrapped(call);
  const isKept = isBinaryExpression(parent) && !isIdentifier(unwrap(parent.left)) && parent.right === wrapped(call);
  if (isKept && isAssignment(parent.operatorToken.kind))
    return 'its promise is kept for others, who have no part in this signal';
  if (
    isConditionalExpression(parent) &&
    [parent.whenTrue, parent.whenFalse].some((side) => side !== wrapped(call) && mentionsSignal(side))
  )
    return 'the other branch is given one';
  if (isCommented(call)) return 'a comment above speaks of the signal';
  if (isPiped(call)) return 'the pipeline that it is part of ends it';
  if (isWithoutIt(call, signal)) return 'here nobody gave one';
  if (isShortPoll(call)) return 'the loop looks at the signal again in a moment';
  for (let fn = enclosingFunction(call); fn; fn = enclosingFunction(fn))
    if (
      /addEventListener\(\s*['"`]abort|addAbortListener\(|\.onabort\s*=|onCancellationRequested\(/.test(
        fn.body?.getText() ?? '',
      )
    )
      return 'the function listens for the abort itself';
  return undefined;
}

/** A stream that is given to `pipeline` or the like, which ends all of its streams. */
function isPiped(call: Call): boolean {
  const at = wrapped(call);
  const { parent } = at;
  if (isVariableDeclaration(parent) && isIdentifier(parent.name))
    return referencesTo(parent.name).some((use) => isGivenToPipeline(wrapped(use)) || isDestroyed(use));
  return isGivenToPipeline(at);
}

function isGivenToPipeline(at: Node): boolean {
  const { parent } = at;
  return (
    isCallExpression(parent) &&
    parent.expression !== at &&
    /^(?:pipeline\w*|compose|addAbortSignal)$/i.test(lastName(parent.expression) ?? '')
  );
}

/** `stream.destroy()` in a `finally`, behind a wait that the abort ends. */
function isDestroyed(use: Node): boolean {
  const { parent: access } = wrapped(use);
  if (!isPropertyAccessExpression(access) || access.name.text !== 'destroy') return false;
  for (let at: Node = access; at.parent && !isFunctionNode(at); at = at.parent)
    if (isTryStatement(at.parent) && at.parent.finallyBlock === at) return true;
  return false;
}

/** `options === undefined ? start() : start(options)`, and the branch of an `if` that asks so of the signal. */
function isWithoutIt(call: Call, { text, name }: ScopedSignal): boolean {
  const plain = text.replaceAll('?.', '.');
  let inner: Node = call;
  for (let at = call.parent; at && !isFunctionNode(at); inner = at, at = at.parent) {
    const [condition, branch] = isConditionalExpression(at)
      ? [at.condition, at.whenTrue]
      : isIfStatement(at)
        ? [at.expression, at.thenStatement]
        : [];
    const asked = condition && /^(?:!([\w$.?]+)|([\w$.?]+) ===? (?:undefined|null))$/.exec(condition.getText());
    const about = (asked?.[1] ?? asked?.[2])?.replaceAll('?.', '.');
    if (branch === inner && about !== undefined && (about === plain || about === name.getText())) return true;
  }
  return false;
}

function isAssignment(operator: SyntaxKind): boolean {
  return (
    operator === SyntaxKind.EqualsToken ||
    operator === SyntaxKind.QuestionQuestionEqualsToken ||
    operator === SyntaxKind.BarBarEqualsToken
  );
}

/** `await delay(25)` in a loop that asks in each round whether there was an abort. */
function isShortPoll(call: Call): boolean {
  if (!/^(?:delay|sleep|setTimeout)$/.test(lastName(call.expression) ?? '')) return false;
  const given = call.arguments?.[0] && unwrap(call.arguments[0]);
  const declared = given && isIdentifier(given) ? declarationName(given)?.parent : undefined;
  const value = declared ? (declared as { readonly initializer?: Node }).initializer : given;
  if (!value || !isNumericLiteral(value) || Number(value.text.replaceAll('_', '')) > longestPoll) return false;
  for (let at = call.parent; at && !isFunctionNode(at); at = at.parent)
    if (isLoop(at)) return /\.aborted\b|throwIfAborted\(|\bcheck\w*(?:Abort|Cancel)\w*\(/.test(at.getText());
  return false;
}

/** Milliseconds that nobody notices who has aborted. */
const longestPoll = 100;

/** Whether a comment right above the statement speaks of signals. */
function isCommented(call: Call): boolean {
  const { text } = call.getSourceFile();
  const line = text.lastIndexOf('\n', call.getStart()) + 1;
  const above = /((?:^[ \t]*\/\/.*\n)+)$/m.exec(text.slice(Math.max(0, line - longestComment), line))?.[1] ?? '';
  return /signal|abort|cancel/i.test(above);
}

const longestComment = 600;

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
