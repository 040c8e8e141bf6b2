// Guards as people write them: queues, locks, shared promises, generations, counters.
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Mutex, withTimeout, Semaphore } from 'async-mutex';
import PQueue from 'p-queue';
import AsyncLock from 'async-lock';

/** One task at a time: the queue has a concurrency of one. */
export class SerialCounter {
  readonly #queue = new PQueue({ concurrency: 1 });
  #value = 0;

  add(n: number, save: (value: number) => Promise<void>): Promise<void> {
    return this.#queue.add(async () => {
      const next = this.#value + n;
      await save(next);
      this.#value = next;
    });
  }
}

export class KeyedBalance {
  private readonly lock = new AsyncLock();
  private readonly balances = new Map<string, number>();

  async add(key: string, n: number, save: (key: string, value: number) => Promise<void>): Promise<number> {
    return this.lock.acquire(key, async () => {
      const before = this.balances.get(key) ?? 0;
      await save(key, before + n);
      this.balances.set(key, before + n);
      return before + n;
    });
  }
}

export class Refresher {
  private inFlight: Promise<string> | undefined;
  private value: string | undefined;

  constructor(private readonly load: () => Promise<string>) {}

  async get(): Promise<string> {
    if (this.value !== undefined) return this.value;
    if (!this.inFlight) {
      this.inFlight = this.load().then((value) => {
        this.value = value;
        return value;
      });
      this.inFlight.finally(() => (this.inFlight = undefined)).catch(() => {});
    }
    return this.inFlight;
  }
}

export class Reconnector extends EventEmitter {
  #state: 'idle' | 'connecting' | 'open' = 'idle';
  #generation = 0;

  constructor(private readonly dial: () => Promise<void>) {
    super();
  }

  async connect(): Promise<void> {
    if (this.#state !== 'idle') return;
    this.#state = 'connecting';
    const generation = ++this.#generation;
    try {
      await this.dial();
      if (generation !== this.#generation) return;
      this.#state = 'open';
      this.emit('open');
    } catch (error) {
      if (generation === this.#generation) this.#state = 'idle';
      throw error;
    }
  }

  close(): void {
    this.#generation++;
    this.#state = 'idle';
  }
}

export class Metrics {
  requests = 0;
  failures = 0;
  lastError: unknown;

  async track<T>(work: () => Promise<T>): Promise<T> {
    this.requests += 1;
    try {
      return await work();
    } catch (error) {
      this.failures += 1;
      this.lastError = error;
      throw error;
    } finally {
      this.requests -= 1;
    }
  }
}

export class Lazy<T> {
  #promise?: Promise<T>;
  constructor(private readonly make: () => Promise<T>) {}
  get value(): Promise<T> {
    return (this.#promise ??= this.make().catch((error: unknown) => {
      this.#promise = undefined;
      throw error;
    }));
  }
}

const guard = withTimeout(new Mutex(), 1000);
const slots = new Semaphore(3);
let version = 0;

export async function bump(write: (n: number) => Promise<void>): Promise<void> {
  const release = await guard.acquire();
  try {
    const next = version + 1;
    await write(next);
    version = next;
  } finally {
    release();
  }
}

export const limited = <T>(work: () => Promise<T>): Promise<T> => slots.runExclusive(() => work());

export class Pump {
  #running = false;
  readonly #items: string[] = [];

  push(item: string): void {
    this.#items.push(item);
    if (!this.#running) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#running = true;
    try {
      while (this.#items.length > 0) {
        const item = this.#items.shift();
        console.log(item);
        await sleep(1);
      }
    } catch (error) {
      console.error(error);
    } finally {
      this.#running = false;
    }
  }
}

export class Builder {
  private parts: string[] = [];
  async header(load: () => Promise<string>): Promise<this> {
    this.parts.push(await load());
    return this;
  }
  toString(): string {
    return this.parts.join('\n');
  }
}

export async function report(load: (page: number) => Promise<string[]>): Promise<string[]> {
  let page = 1;
  const all: string[] = [];
  for (;;) {
    const rows = await load(page);
    if (rows.length === 0) return all;
    all.push(...rows);
    page = page + 1;
  }
}

export class ConfigWatcher {
  #config: Record<string, string> = {};
  async reload(read: () => Promise<Record<string, string>>): Promise<void> {
    const next = await read();
    this.#config = { ...this.#config, ...next };
  }
  get(key: string): string | undefined {
    return this.#config[key];
  }
}

export class Session {
  #closed = false;
  async close(flush: () => Promise<void>): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await flush();
  }
  async send(write: (text: string) => Promise<void>, text: string): Promise<void> {
    if (this.#closed) throw new Error('closed');
    await write(text);
    if (this.#closed) throw new Error('closed while writing');
  }
}
