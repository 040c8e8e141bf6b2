import { find, load, quiet, type User, use } from './lib.ts';

export async function awaited(id: string): Promise<User> {
  const user = load(id);
  use(id);
  return await user;
}

export async function behindTheGuard(id: string): Promise<User | undefined> {
  const known = find(id);
  if (known) return known;
  const user = load(id);
  return await user;
}

export async function onBothSides(id: string): Promise<User> {
  const user = load(id);
  if (find(id)) {
    return await user;
  }
  use(await user);
  throw new Error('Unknown.');
}

export async function inTheFinally(id: string): Promise<void> {
  const user = load(id);
  try {
    if (find(id)) return;
    use(id);
  } finally {
    await user;
  }
}

export async function handled(id: string): Promise<void> {
  const user = load(id).catch(() => undefined);
  if (find(id)) return;
  use(await user);
}

export async function handledAtOnce(id: string): Promise<void> {
  const user = load(id);
  user.catch(() => undefined);
  if (find(id)) return;
  use(await user);
}

export async function sameCondition(id: string, wanted: boolean): Promise<void> {
  let user: Promise<User> | undefined;
  if (wanted) user = load(id);
  use(id);
  if (wanted) use(await user);
}

export async function onlyWhereThereIsOne(id: string): Promise<void> {
  let user: Promise<User> | undefined;
  if (find(id)) user = load(id);
  if (user !== undefined) use(await user);
}

export function captured(id: string): () => Promise<User> {
  const user = load(id);
  return () => user;
}

export function capturedByHoisted(id: string): void {
  const user = load(id);
  setTimeout(later, 1);
  async function later() {
    use(await user);
  }
}

export function stored(id: string, all: Promise<User>[]): void {
  const user = load(id);
  all.push(user);
}

export function inAStructure(id: string): { user: Promise<User> } {
  const user = load(id);
  return { user };
}

export async function combined(id: string): Promise<void> {
  const first = load(id);
  const second = load(id);
  await Promise.all([first, second]);
}

export async function inALoop(ids: readonly string[]): Promise<void> {
  const user = load('shared');
  for (const id of ids) {
    use([id, await user]);
  }
}

export async function everyCase(kind: 'a' | 'b'): Promise<void> {
  const user = load(kind);
  switch (kind) {
    case 'a':
      await user;
      break;
    case 'b':
      use(await user);
  }
}

export function neverRejects(): void {
  const done = quiet();
}

export async function neverRejectsOnSomePath(id: string): Promise<void> {
  const done = quiet();
  if (find(id)) return;
  await done;
}

export async function exits(id: string): Promise<void> {
  const user = load(id);
  if (id === '') process.exit(1);
  await user;
}

export async function marked(id: string): Promise<void> {
  const user = load(id);
  void user;
}

export function markedByName(id: string): void {
  const _user = load(id);
}

export async function takenForItsValue(id: string): Promise<void> {
  // `promise-as-value` speaks of this one.
  const user = load(id);
  if (user) use(id);
}

export async function dropped(id: string): Promise<void> {
  // `floating-promise` speaks of this one.
  const user = load(id);
  user;
}

/** A child process that can be awaited: who reads its members looks after it. */
interface Child extends Promise<number> {
  readonly pid: number;
}
declare function run(command: string): Child;

export async function members(command: string): Promise<number | undefined> {
  const child = run(command);
  if (child.pid === 0) return undefined;
  return await child;
}

export class Store {
  readonly #ready = load('store');
  readonly shown = load('shown');
  private readonly byName = load('by name');

  async get(): Promise<User> {
    return this.#ready;
  }

  read(): unknown {
    return this['byName'];
  }
}

/** Every kind that is let in takes care of it. */
export async function kinds(kind: string): Promise<User | undefined> {
  if (kind === 'a' || kind === 'b') {
    const user = load(kind);
    if (kind === 'a') {
      return await user;
    } else if (kind === 'b') {
      await user;
    }
  }
  return undefined;
}

export async function nothingElse(kind: string): Promise<User> {
  const user = load(kind);
  if (kind === 'a') {
    return await user;
  } else if (kind === 'b') {
    return user.then((found) => ({ name: found.name }));
  } else {
    throw new Error('There is nothing else.');
  }
}

export function onlyForItsType(): void {
  const user = load('type');
  type Loaded = typeof user;
  use(undefined satisfies Loaded | undefined);
}

declare function notify(id: string): void | Promise<void>;

export function onlyIfItIsOne(id: string, all: Promise<void>[]): void {
  const notified = notify(id);
  if (notified instanceof Promise) all.push(notified);
}

export async function joined(urls: readonly string[]): Promise<number> {
  const pending: Promise<unknown>[] = [];
  for (const url of urls) pending.push(fetch(url));
  await Promise.all(pending);
  const handled: Promise<unknown>[] = [];
  for (const url of urls) handled.push(fetch(url).catch(console.error));
  const names: string[] = [];
  for (const url of urls) names.push(url);
  return urls.length;
}

/** A handler from the start; those who wait get the error all the same. */
export class Handled {
  readonly #result: Promise<string>;
  reject: ((error: unknown) => void) | undefined;

  constructor() {
    this.#result = new Promise((_resolve, reject) => {
      this.reject = reject;
    });
    this.#result.catch(() => {});
  }

  async result(): Promise<string> {
    return await this.#result;
  }
}

/** Whoever sets it waits for it. */
export class Waited {
  #turn: Promise<void> | undefined;
  reject: ((error: unknown) => void) | undefined;

  async wait(): Promise<void> {
    this.#turn = new Promise((_resolve, reject) => {
      this.reject = reject;
    });
    await this.#turn;
  }

  async again(): Promise<void> {
    await this.#turn;
  }
}
