import {
  type CallExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isTryStatement,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { nextLink } from '../../typescript/promise-syntax.ts';
import { heedsAbort } from './heeded-signals.ts';
import type { ScopedSignal } from './signal-scope.ts';
import { signalMember, signalType } from './signal-types.ts';
import type { SignalTools } from './signals.ts';

type Call = CallExpression | NewExpression;

/**
 * The first call in a block that an abort makes fail: it is given a signal, it throws by itself when there was an
 * abort, or it is a method of an object that uses its own signal in it. Only where the block waits for something.
 * @param signals those that can be used around the block
 */
export async function cancellableCall(
  block: Node,
  signals: readonly ScopedSignal[],
  tools: SignalTools,
): Promise<Call | undefined> {
  const { calls, waits } = callsIn(block);
  if (!waits) return undefined;
  for (const call of calls) if (await isCancellable(call, signals, tools)) return call;
  return undefined;
}

/** Whether an abort of a signal from outside makes a call fail. */
export async function isCancellable(
  call: Call,
  signals: readonly ScopedSignal[],
  tools: SignalTools,
): Promise<boolean> {
  const callee = unwrap(call.expression);
  if (isPropertyAccessExpression(callee) && callee.name.text === 'throwIfAborted') return true;
  for (const [index, argument] of (call.arguments ?? []).entries())
    if (await bringsSignal(argument, tools))
      return (await isWork(call, tools)) && (await heedsAbort(call, index, tools.types));
  const isOwn = isPropertyAccessExpression(callee) && callee.expression.kind === SyntaxKind.ThisKeyword;
  const fields = signals.filter(({ from }) => from === 'field');
  if (!isOwn || fields.length === 0) return false;
  const functions = await tools.types.functionsOf(callee);
  return functions.some((fn) => fields.some(({ text }) => fn.body?.getText().includes(text)));
}

/** What gives no promise and is not iterated only carries the signal somewhere. */
async function isWork(call: Call, { types }: SignalTools): Promise<boolean> {
  const { parent } = wrapped(call);
  if (isAwaitExpression(parent) || isForOfStatement(parent) || nextLink(wrapped(call))) return true;
  const { extent } = await types.thenability(call);
  if (extent === 'all' || extent === 'some') return true;
  return extent === 'none' && (await (await types.typeOf(call)).hasWellKnown('asyncIterator'));
}

async function bringsSignal(argument: Node, tools: SignalTools): Promise<boolean> {
  const at = unwrap(argument);
  if (isObjectLiteralExpression(at)) {
    for (const member of at.properties) {
      const value = isPropertyAssignment(member)
        ? unwrap(member.initializer)
        : isShorthandPropertyAssignment(member)
          ? member.name
          : isSpreadAssignment(member)
            ? unwrap(member.expression)
            : undefined;
      if (!value) continue;
      // `...(signal && { signal })`
      const parts = isSpreadAssignment(member) ? objectsIn(value) : [];
      for (const part of parts) if (await bringsSignal(part, tools)) return true;
      if (isSpreadAssignment(member) ? await isBag(value, tools) : await isSignal(value, tools)) return true;
    }
    return false;
  }
  return (await isSignal(at, tools)) || isBag(at, tools);
}

function objectsIn(value: Node): readonly Node[] {
  if (isBinaryExpression(value)) return objectsIn(unwrap(value.right));
  if (isConditionalExpression(value))
    return [...objectsIn(unwrap(value.whenTrue)), ...objectsIn(unwrap(value.whenFalse))];
  return isObjectLiteralExpression(value) ? [value] : [];
}

async function isSignal(value: Node, tools: SignalTools): Promise<boolean> {
  const { types, known } = tools;
  // `signal ?? null`, `parent && parent.signal`, `isLong ? signal : undefined`.
  if (isBinaryExpression(value))
    return (await isSignal(unwrap(value.left), tools)) || isSignal(unwrap(value.right), tools);
  if (isConditionalExpression(value))
    return (await isSignal(unwrap(value.whenTrue), tools)) || isSignal(unwrap(value.whenFalse), tools);
  if (isCallExpression(value)) return /\bAbortSignal\.any\(/.test(value.getText());
  if (!isIdentifier(value) && !isPropertyAccessExpression(value)) return false;
  const name = lastName(value) ?? '';
  if (!/signal|token|cancel|abort/i.test(name)) return false;
  const type = await types.typeOf(value);
  if (type.isUnknown) return /signal/i.test(name);
  return (await signalType(type, known)) !== undefined;
}

/** An object of options that is passed whole, with a signal for a member. */
async function isBag(value: Node, { types, known }: SignalTools): Promise<boolean> {
  if (!isIdentifier(value) || !bags.test(value.text)) return false;
  return (await signalMember(await types.typeOf(value), known)) !== undefined;
}

const bags = /^(?:\w*(?:options|opts|init|config|context|ctx|params|extra|args|request|req))$/i;

/** The calls of a block's own code in order; those whose failure an inner `catch` sees are left out. */
function callsIn(block: Node): { readonly calls: readonly Call[]; readonly waits: boolean } {
  const calls: Call[] = [];
  let waits = false;
  const visit = (node: Node): void => {
    if (isFunctionNode(node)) return;
    if (isTryStatement(node) && node.catchClause) {
      visit(node.catchClause.block);
      if (node.finallyBlock) visit(node.finallyBlock);
      return;
    }
    if (isAwaitExpression(node) || (isForOfStatement(node) && node.awaitModifier)) waits = true;
    if (isCallExpression(node) || isNewExpression(node)) calls.push(node);
    node.forEachChild(visit);
  };
  visit(block);
  return { calls, waits };
}
