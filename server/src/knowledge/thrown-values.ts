import type { DeclaredIn } from '../typescript/type-view.ts';
import data from './thrown-values.json' with { type: 'json' };

const onPurpose = new Set(data.onPurpose);
const errorLike = new Set(data.errorLike);

/** Whether a value of this class or interface is thrown to tell a framework something: a response, a redirect. */
export function isThrownOnPurpose({ name }: DeclaredIn): boolean {
  return onPurpose.has(name);
}

/** Whether a class that need not extend `Error` by its types is one all the same. */
export function isErrorClass({ name, from }: DeclaredIn): boolean {
  return (name === 'Error' && from === 'lib') || errorLike.has(name);
}
