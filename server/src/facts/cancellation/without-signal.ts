/** Calls that may be without the signal in scope, by what stands around them. */
import {
  enclosingFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isLoop,
  isNumericLiteral,
  isPropertyAccessExpression,
  isTryStatement,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../typescript/references.ts';
import type { ScopedSignal } from './signal-scope.ts';
import { type Call, mentionsSignal } from './signal-work.ts';

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
  if (isHandedOver(call, signal)) return 'it is handed on together with the signal, or is kept';
  if (isRacedAround(call)) return 'what it is given to stops waiting for it';
  if (isPiped(call)) return 'the pipeline that it is part of ends it';
  if (isWithoutIt(call, signal)) return 'here nobody gave one';
  if (isAskedNext(call, signal)) return 'the next line asks for the abort';
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

/**
 * `const child = spawn(…); endOnAbort(signal, child);`, and a process that outlives the call: it is kept in a field, or
 * goes on by itself.
 */
function isHandedOver(call: Call, { text }: ScopedSignal): boolean {
  const { parent } = wrapped(call);
  const isProcess = /^(?:spawn|fork)$/.test(lastName(call.expression) ?? '');
  if (isProcess && /\bdetached: true\b/.test(call.getText())) return true;
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return false;
  const plain = text.replaceAll('?.', '.');
  return referencesTo(parent.name).some((use) => {
    const { parent: user } = wrapped(use);
    if (isCallExpression(user) && user.expression !== wrapped(use))
      return user.arguments.some((argument) => argument.getText().replaceAll('?.', '.') === plain);
    return isProcess && isBinaryExpression(user) && user.right === wrapped(use) && !isIdentifier(unwrap(user.left));
  });
}

/** `raceSignal(delay(ms), shutdown.signal)`: the call around it has a signal for both. */
function isRacedAround(call: Call): boolean {
  const at = wrapped(call);
  const { parent } = at;
  if (!isCallExpression(parent) || parent.expression === at) return false;
  return parent.arguments.some((argument) => argument !== at && /[sS]ignal$/.test(lastName(argument) ?? ''));
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

/** `const config = await load(); signal?.throwIfAborted();`: whoever writes this knows that the wait goes on. */
function isAskedNext(call: Call, { text }: ScopedSignal): boolean {
  let at: Node = call;
  while (at.parent && !isFunctionNode(at.parent) && !isBlock(at.parent)) at = at.parent;
  const { parent } = at;
  if (!parent || !isBlock(parent)) return false;
  const next = parent.statements[(parent.statements as readonly Node[]).indexOf(at) + 1];
  return (
    next
      ?.getText()
      .replaceAll('?.', '.')
      .startsWith(`${text.replaceAll('?.', '.')}.throwIfAborted()`) ?? false
  );
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
