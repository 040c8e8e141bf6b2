// A check whether there is a promise at all is legitimate.
import { cached, exists, load, type User } from './lib';

const pending = new Map<string, Promise<User>>();
const byId: Record<string, Promise<User>> = {};

export class Store {
  #loading: Promise<User> | undefined;
  late!: Promise<User>;
  kept: { promise: Promise<User> } = { promise: null! };

  async get(id: string): Promise<User> {
    if (!this.#loading) this.#loading = load(id);
    if (this.late) return this.late;
    if (!this.kept.promise) this.kept.promise = load(id);
    return this.#loading;
  }
}

export async function check(id: string, maybe: Promise<User> | null, title: string | Promise<string> | undefined) {
  const known = pending.get(id);
  if (known) return known;
  if (byId[id]) return byId[id];
  const first = [load(id)][0];
  if (first) return first;
  if (maybe) return maybe;
  if (cached(id)) return 1;
  if (title) console.log('there is a title');
  if (await exists(id)) return 2;
  const either = maybe ?? load(id);
  const chosen = (title && load(id)) || either;
  let later: Promise<User> | undefined;
  if (id) later = load(id);
  if (later) await later;
  if (either == null || either instanceof Promise || typeof either === 'object') return chosen;
  if (maybe === either) return 3;
  if (await (cached(id) ?? load(id))) return 4;
  return exists(id) ?? false;
}

export async function ignored(anything: any, unknown: unknown) {
  if (anything) return 1;
  if (unknown) return 2;
  return `${anything}`;
}

interface NotQuiteThenable {
  then(): void;
}

export function notQuite(value: NotQuiteThenable) {
  return value ? 1 : 2;
}

/** A test asks whether there is a promise at all. */
export async function ahead(next: string | undefined): Promise<number[]> {
  const upcoming = next ? page(next) : null;
  return upcoming ? await upcoming : [];
}

declare function page(name: string): Promise<number[]>;
