import { type Connection, connect } from './lib.ts';

// What keeps its end for others, and begins work as well, fails with that work.
export class Link {
  #ready: Promise<Connection> | undefined;
  #reject: ((error: unknown) => void) | undefined;

  get ready(): Promise<Connection> {
    this.#ready ??= new Promise<Connection>((resolve, reject) => {
//                      ^^^^^^^ cached-rejection kept
      this.#reject = reject;
      connect('https://example.org').then(resolve, reject);
    });
    return this.#ready;
  }

  fail(error: unknown): void {
    this.#reject?.(error);
  }
}

let first: Promise<Connection> | undefined;

export function firstOf(): Promise<Connection> {
  first ??= (async () => {
//           ^^^^^ cached-rejection kept
    const module = await import('./lib.ts');
    return await module.connect('https://example.org');
  })();
  return first;
}

let resolved: Promise<Connection> | undefined;

export function handedOver(): Promise<Connection> {
  resolved ??= Promise.resolve(connect('https://example.org'));
//                     ^^^^^^^ cached-rejection kept
//                     related lib.ts:7 "can throw here"
  return resolved;
}
