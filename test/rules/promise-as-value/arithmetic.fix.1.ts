import { count } from './lib.ts';

export async function half() {
  // @ts-expect-error A promise is no number.
  return await count() / 2;
}

export async function next() {
  // @ts-expect-error A promise cannot be added to a number.
  return await count() + 1;
}

export async function awaited() {
  return (await count()) / 2;
}
