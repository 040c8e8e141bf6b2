import { load, measure, send } from './lib';

export class Meter {
  total = 0;
  count = 0;
  isBusy = false;
  level = 'idle';
  waiting: string[] = [];
  latest = '';

  /** Read and written in one turn. */
  async add(): Promise<void> {
    const part = await measure();
    this.total += part;
  }

  /** Looked at again after the wait. */
  async increment(): Promise<void> {
    const before = this.count;
    await measure();
    if (this.count !== before) return;
    this.count = before + 1;
  }

  /** Set, wait, clear. */
  async busy(): Promise<void> {
    this.isBusy = true;
    try {
      await measure();
    } finally {
      this.isBusy = false;
    }
  }

  /** The awaited result alone is written. */
  async refresh(key: string): Promise<void> {
    this.latest = await load(key);
  }

  /** What was there is put back. */
  async during(level: string): Promise<void> {
    const before = this.level;
    this.level = level;
    await measure();
    this.level = before;
  }

  add2(item: string): void {
    this.waiting.push(item);
  }

  /** Everything is taken out before the wait. */
  async flush(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    await send(batch);
  }

  /** The loop looks again until nothing is left. */
  async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      await send(batch);
    }
    this.waiting = [];
  }
}

/** Loop-carried and local. */
export async function sum(keys: readonly string[]): Promise<number> {
  let total = 0;
  for (const key of keys) {
    total += (await load(key)).length;
  }
  return total;
}

interface Emitter {
  on(event: string, handler: (details: string) => unknown): void;
}

export class Thread {
  details = '';
  options = '';
  readonly shown: string[] = [];

  constructor(debuggee: Emitter) {
    debuggee.on('paused', (details) => this.onPaused(details));
    debuggee.on('stopped', (details) => this.onStopped(details));
  }

  /** Compared behind the wait. */
  async onPaused(details: string): Promise<void> {
    this.details = details.trim();
    await load(details);
    if (this.details === details) this.shown.push(this.details);
  }

  /** Kept in a local variable. */
  async onStopped(details: string): Promise<void> {
    const own = (this.details = details.trim());
    await load(own);
    this.shown.push(own);
  }

  /** Anybody may call it, and it is meant to be called once. */
  async open(options: string): Promise<void> {
    this.options = options;
    await load('settings');
    this.shown.push(this.options);
  }
}

export class Sync {
  count = 0;
  readonly notes = new Map<string, string>();

  bump(): void {
    this.count = this.count + 1;
  }

  /** The helper reads and writes in one turn, in every round. */
  async each(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await load(key);
      this.bump();
    }
  }

  add(id: string): void {
    this.notes.set(id, id);
  }

  /** One entry is handed over, and not the whole. */
  async end(id: string): Promise<void> {
    await load(this.notes.get(id) ?? '');
    this.notes.clear();
  }
}

/** Filled before anybody has the function that goes through it. */
export function middleware(first: string): () => Promise<void> {
  const users = ['a', 'b'];
  users.unshift(first);
  return async () => {
    for (const user of users) await load(user);
  };
}

export class Journal {
  next = 0;

  /** What the awaited work was given is not what it gives. */
  async write(text: string): Promise<void> {
    const entry = { id: this.next, text };
    const written = await append(entry);
    this.next = written.id + 1;
  }
}

async function append(entry: { readonly id: number; readonly text: string }): Promise<{ readonly id: number }> {
  await load(entry.text);
  return { id: entry.id };
}

export class Workspace {
  root: Promise<string> | undefined = load('cli');

  /** Taken away when it has done its work. */
  prepare(): void {
    void this.root?.then(() => {
      this.root = undefined;
    });
  }

  getRoot(): Promise<string> | undefined {
    return this.root;
  }
}

interface Entry {
  readonly count: number;
  validate(): boolean;
  readonly isStale: boolean;
}

export class Entries {
  readonly #entries = new Map<string, Entry>();
  #last: Entry = { count: 0, validate: () => true, isStale: false };

  /** What was read is asked whether it still holds. */
  async validated(key: string): Promise<void> {
    const entry = this.#entries.get(key) ?? this.#last;
    await load(key);
    if (entry.validate()) this.#entries.set(key, { ...entry, count: entry.count + 1 });
  }

  async notStale(): Promise<void> {
    const last = this.#last;
    const count = await measure();
    if (last.isStale) return;
    this.#last = { ...last, count };
  }

  /** By the time of the write the variable holds something else. */
  async madeAnew(key: string): Promise<void> {
    let entry = this.#entries.get(key) ?? this.#last;
    if (entry.count === 0) return;
    const count = await measure();
    entry = { count, validate: () => true, isStale: false };
    this.#entries.set(key, entry);
  }
}

/** Who adds keeps away while it is cleared. */
export class Merge {
  state: 'open' | 'done' = 'open';
  isFlushing = false;
  readonly sources = new Set<string>();
  readonly lines: string[] = [];

  add(name: string): void {
    if (this.state !== 'open') return;
    this.sources.add(name);
  }

  async end(): Promise<void> {
    this.state = 'done';
    await send([...this.sources]);
    this.sources.clear();
  }

  push(line: string): void {
    if (!this.isFlushing) this.lines.push(line);
  }

  async flush(): Promise<void> {
    this.isFlushing = true;
    await send(this.lines);
    this.lines.length = 0;
    this.isFlushing = false;
  }

  async flushAll(): Promise<void> {
    this.isFlushing = true;
    await send([...this.lines]);
    this.lines.splice(0);
    this.isFlushing = false;
  }
}

interface State {
  readonly items: readonly string[];
  readonly page: number;
}

export class Basket {
  items: readonly string[] = [];
  state: State = { items: [], page: 0 };

  /** Put back as it was, where the work fails. */
  async tryOut(work: () => Promise<void>): Promise<void> {
    const { items } = this;
    try {
      await work();
    } catch {
      this.items = items;
    }
  }

  /** Taken apart, and written together with what is there now. */
  async turnPage(load: (items: readonly string[]) => Promise<number>): Promise<void> {
    const { items } = this.state;
    const page = await load(items);
    this.state = { ...this.state, page };
  }
}

interface Info {
  readonly stream: string;
  readonly name: string;
}

declare const retryMutex: { mutex<T>(work: () => Promise<T>): Promise<T> };
declare const source: { on(event: 'message', handler: (key: string) => unknown): void };
declare const retries: { get(key: string): Promise<number | undefined>; set(key: string, value: number): Promise<void> };

export class Consumer {
  #info: Info = { stream: '', name: '' };

  /** What the work is given is not what it gives. */
  async info(load: (stream: string, name: string) => Promise<Info>): Promise<Info> {
    const { stream, name } = this.#info;
    this.#info = await load(stream, name);
    return this.#info;
  }
}

/** One after the other. */
async function countRetry(key: string): Promise<void> {
  const count = (await retries.get(key)) ?? 0;
  await retries.set(key, count + 1);
}

source.on('message', (key) => retryMutex.mutex(() => countRetry(key)));

export class Api {
  token = 'a';
  count = 0;
  #refreshing: Promise<void> | undefined;

  refresh(load: () => Promise<string>): Promise<void> {
    this.#refreshing ??= load().then((token) => {
      this.token = token;
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Waits first. */
  async request(send: (token: string) => Promise<void>): Promise<void> {
    if (this.#refreshing) await this.#refreshing;
    await send(this.token);
  }

  /** What the work leaves alone. */
  async countUp(send: (count: number) => Promise<void>): Promise<void> {
    const { count } = this;
    await this.#refreshing;
    await send(count);
  }
}
