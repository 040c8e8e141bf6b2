/** Promises that are replaced when they are fulfilled: `this.root.then((root) => { this.root = other; })`. */
import { type FunctionNode, isCallExpression, type Node, wrapped } from '../../typescript/ast.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';
import { isDropped } from '../call-shapes.ts';
import { type Access, accessesOf } from './accesses.ts';
import { isShared, placeOf } from './places.ts';
import { clears } from './stale-writes.ts';

export interface SwappedPromise {
  /** What is waited for: `this.root`. */
  readonly promise: Node;
  readonly write: Access;
}

/** Whether a callback replaces the very promise that it was waiting for, with nobody waiting for the callback. */
export function swappedPromise(fn: FunctionNode): SwappedPromise | undefined {
  const call = wrapped(fn).parent;
  if (!isCallExpression(call)) return undefined;
  const link = chainCall(call);
  if (link?.method !== 'then' || link.args[0] !== wrapped(fn) || !isDropped(call)) return undefined;
  const place = placeOf(link.receiver, fn);
  if (!place || !isShared(place)) return undefined;
  const write = accessesOf(fn).find(
    (one) => one.access === 'write' && one.how === 'assign' && one.place.key === place.key && !isEmptied(one),
  );
  return write && { promise: link.receiver, write };
}

/** Taking the promise away when it has done its work is the usual thing. */
function isEmptied(write: Access): boolean {
  return clears(write) || /^(?:undefined|null|void 0|false)$/.test(write.value?.getText() ?? '');
}
