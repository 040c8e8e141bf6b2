import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type NewExpression,
  type Node,
  NodeFlags,
  SyntaxKind,
  unwrap,
  type VariableDeclaration,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName, isDeclaredIn } from '../../typescript/lexical-scopes.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { namesIn } from '../../typescript/references.ts';
import { numberOf } from '../blocking/blocking-arguments.ts';
import { blocksOnPurpose } from '../blocking/blocking-places.ts';
import { type HeldUse, type Holder, holderOf } from './held-values.ts';

export type TimerKind = 'setTimeout' | 'setInterval';

/** A call that starts one of the platform's timers. */
export interface TimerCall {
  readonly kind: TimerKind;
  readonly call: CallExpression;
  /** Milliseconds, where the delay is written as a number, here or as a constant. */
  readonly delay: number | undefined;
}

/** `setTimeout(f, ms)` of the platform, by its name: a cheap look before `isPlatformTimer`. */
export function timerCall(call: CallExpression): TimerCall | undefined {
  const kind = lastName(call.expression);
  const callee = unwrap(call.expression);
  if ((kind !== 'setTimeout' && kind !== 'setInterval') || call.arguments.length === 0) return undefined;
  const isGlobal = isPropertyAccessExpression(callee)
    ? /^(?:window|self|globalThis|global|timers)$/.test(callee.expression.getText())
    : isIdentifier(callee);
  return isGlobal ? { kind, call, delay: delayOf(call) } : undefined;
}

function delayOf(call: CallExpression): number | undefined {
  const [, delay] = call.arguments;
  if (!delay) return call.arguments.length === 1 ? 0 : undefined;
  return milliseconds(delay);
}

/** How long a delay is: a number that is written out, or a constant of the file that holds one. */
export function milliseconds(delay: Node): number | undefined {
  const at = unwrap(delay);
  const declared = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  const value = declared && isVariableDeclaration(declared) && isConstant(declared) ? declared.initializer : at;
  return value && numberOf(value);
}

function isConstant({ parent }: VariableDeclaration): boolean {
  return (parent.flags & NodeFlags.Const) !== 0;
}

/** Whether the name means the platform's timer here: not one of the file's own, nor that of `timers/promises`. */
export async function isPlatformTimer({ call }: TimerCall, types: Oracle): Promise<boolean> {
  const callee = unwrap(call.expression);
  const isSimple = isIdentifier(callee)
    ? !isDeclaredIn(callee)
    : /^(?:window|self|globalThis|global)\./.test(callee.getText());
  if (isSimple) return true;
  const origins = await types.origins(callee);
  return origins.some(({ module }) => module === 'global' || module === 'node:timers');
}

/** Methods of a timer that give back the timer. */
export const timerChain: ReadonlySet<string> = new Set(['unref', 'ref', 'hasRef', 'refresh']);

export function timerHolder({ call }: TimerCall): Holder {
  return holderOf(call, timerChain);
}

const clearing = new Set(['clearTimeout', 'clearInterval', 'clear', 'clearImmediate']);

/** Whether a use of a timer's variable stops it, or leaves it to somebody else. */
export function endsTimer(use: HeldUse): boolean {
  switch (use.kind) {
    case 'argument':
    case 'escape':
    case 'iterate':
    case 'await':
      return true;
    case 'method':
      return use.member !== 'ref' && use.member !== 'hasRef' && use.member !== 'refresh';
    case 'member':
      return true;
    case 'call':
    case 'look':
    case 'write':
      return false;
  }
}

/** Whether a use is `clearTimeout(timer)`. */
export function isClearing(use: HeldUse): boolean {
  return use.kind === 'argument' && use.index === 0 && clearing.has(lastName(use.call.expression) ?? '');
}

/** Whether a timer lets the process end: `setTimeout(…).unref()`, also by optional calls. */
export function isUnreferenced({ call }: TimerCall): boolean {
  for (let at: Node = wrapped(call); ; ) {
    const access = at.parent;
    if (!isPropertyAccessExpression(access) || access.expression !== at) return false;
    if (access.name.text === 'unref') return true;
    const next = wrapped(access).parent;
    if (!isCallExpression(next)) return false;
    at = wrapped(next);
  }
}

/** The executor of a promise that a node stands in, nested callbacks included; undefined where it stands in none. */
export function executorAround(
  node: Node,
): { readonly promise: NewExpression; readonly executor: FunctionNode } | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const promise = wrapped(fn).parent;
    if (isNewExpression(promise) && isIdentifier(promise.expression) && promise.expression.text === 'Promise')
      return promise.arguments?.[0] && unwrap(promise.arguments[0]) === fn ? { promise, executor: fn } : undefined;
  }
  return undefined;
}

/** The names of the parameters by which an executor settles its promise. */
export function settlers(executor: FunctionNode): readonly string[] {
  return executor.parameters.slice(0, 2).flatMap(({ name }) => (isIdentifier(name) ? [name.text] : []));
}

/** Whether a field of the file's classes is read anywhere but where it gets a value. */
export function isFieldRead(name: Node & { readonly text: string }): boolean {
  return namesIn(name.getSourceFile(), name.text).some((place) => {
    const access = place.parent;
    if (place === name || !isPropertyAccessExpression(access) || access.name !== place) return false;
    const outer = wrapped(access).parent as Node & { readonly left?: Node; readonly operatorToken?: Node };
    return !(outer.operatorToken && outer.left === wrapped(access) && outer.operatorToken.getText() === '=');
  });
}

/** Whether a field is private: nobody outside of the file's class can read it. */
export function isPrivateField(name: Node & { readonly text: string }): boolean {
  if (name.text.startsWith('#')) return true;
  return namesIn(name.getSourceFile(), name.text).some(({ parent }) => hasModifier(parent, SyntaxKind.PrivateKeyword));
}

/** Files whose timers are nobody's trouble: tests, scripts, configurations. */
export function endsSoon(node: Node): boolean {
  return blocksOnPurpose(node.getSourceFile());
}
