import { count } from './lib.ts';

export async function half() {
  // @ts-expect-error A promise is no number.
  return count() / 2;
//       ^^^^^^^ promise-as-value arithmetic
}

export async function next() {
  // @ts-expect-error A promise cannot be added to a number.
  return count() + 1;
//       ^^^^^^^ promise-as-value text
}

export async function awaited() {
  return (await count()) / 2;
}
