import { cache } from 'react';
import pMemoize from 'p-memoize';
import { type Connection, connect } from './lib.ts';

// What ends, ends once: whoever asks again is told the same.
export class Server {
  #closing: Promise<void> | undefined;

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    await connect('https://example.org/end');
  }
}

// An object that is a promise itself stands for one operation.
export class Request implements PromiseLike<Connection> {
  #answer: Promise<Connection> | undefined;

  // biome-ignore lint/suspicious/noThenProperty: it is meant to be awaited
  then<A, B>(done: (made: Connection) => A, failed: (reason: unknown) => B): Promise<A | B> {
    this.#answer ??= connect('https://example.org');
    return this.#answer.then(done, failed);
  }
}

// What is made of a promise that is kept elsewhere can only fail with it.
export class Lines {
  readonly #connection = connect('https://example.org');
  #lines: Promise<readonly string[]> | undefined;

  get lines(): Promise<readonly string[]> {
    this.#lines ??= this.#connection.then((made) => made.query('lines'));
    return this.#lines;
  }
}

// A local is over when the call is.
export async function twice(url: string): Promise<void> {
  let made: Promise<Connection> | undefined;
  made ??= connect(url);
  await made;
}

// A value is kept, and no promise.
let value: Connection | undefined;

export async function awaited(url: string): Promise<Connection> {
  value ??= await connect(url);
  return value;
}

// A module that could not be loaded stays so.
let module_: Promise<typeof import('./lib.ts')> | undefined;

export function lazy(): Promise<typeof import('./lib.ts')> {
  module_ ??= import('./lib.ts');
  return module_;
}

// These have their own rules for what failed.
export const perRequest = cache(connect);
export const retried = pMemoize(connect);

// What is kept as long as the key lives is not kept for ever.
const byOwner = new WeakMap<object, Promise<Connection>>();

export function ofOwner(owner: object): Promise<Connection> {
  let known = byOwner.get(owner);
  if (!known) {
    known = connect('https://example.org');
    byOwner.set(owner, known);
  }
  return known;
}

// Nobody looks whether there is one: it is replaced each time.
export class Poller {
  private current: Promise<Connection> | undefined;

  poll(url: string): Promise<Connection> {
    this.current = connect(url);
    return this.current;
  }
}

// The map is over when the call is, although the function that fills it stands in what is returned.
export async function each(urls: readonly string[]): Promise<readonly Connection[]> {
  const known = new Map<string, Promise<Connection>>();
  return await Promise.all(
    urls.map(async (url) => {
      let made = known.get(url);
      if (!made) {
        made = connect(url);
        known.set(url, made);
      }
      return await made;
    }),
  );
}

// An object that is made for one request keeps nothing for another.
class State {
  #user: Promise<Connection> | undefined;

  user(url: string): Promise<Connection> {
    return (this.#user ??= connect(url));
  }
}

// Nor does a part of such an object.
class Parts {
  readonly state = new State();
  readonly cache = new Cache();
}

class Cache {
  #known: Promise<Connection> | undefined;

  known(url: string): Promise<Connection> {
    return (this.#known ??= connect(url));
  }
}

export async function handleParts(url: string): Promise<readonly string[]> {
  const parts = new Parts();
  return (await parts.cache.known(url)).query(String(parts.state));
}

export async function handle(url: string): Promise<readonly string[]> {
  const state = new State();
  const [user] = await Promise.all([state.user(url), state.user(url)]);
  return user.query('all');
}

// What only computes fails again.
let key: Promise<CryptoKey> | undefined;

export function signingKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return (key ??= crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']));
}
