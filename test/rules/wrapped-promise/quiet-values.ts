declare function load(id: string): Promise<string>;
declare const list: { then(callback: (value: string) => unknown): unknown };

/** Its caller wants a promise. */
export function name(id: string): Promise<string> {
  return id === '' ? Promise.reject(new Error('no id')) : Promise.resolve(id);
}

/** A `throw` would come to the `catch`. */
export async function tried(id: string): Promise<string> {
  try {
    if (id === '') return Promise.reject(new Error('no id'));
    return await load(id);
  } catch {
    return '';
  }
}

/** No promise, one of several, and one with a type of its own. */
export const strange = list.then((value) => Promise.resolve(value));
export const either = load('a').then((text) => (text === '' ? load('b') : Promise.resolve(text)));
export const typed = load('a').then(() => Promise.resolve<string | undefined>(undefined));

/** An expression cannot throw. */
export const failing = async () => Promise.reject(new Error('no'));

/** It lets a few turns pass. */
export const flush = async () => Promise.resolve();
