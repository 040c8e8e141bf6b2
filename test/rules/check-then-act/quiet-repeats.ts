import { EventEmitter } from 'node:events';
import { connect, type Connection, load } from './lib';

/** Whoever asks for more during the work raises the flag, and the loop looks at it behind the wait. */
export class Dirty {
  #another = false;
  #seen = '';

  request(): void {
    this.#another = true;
  }

  async rounds(): Promise<string> {
    for (;;) {
      this.#another = false;
      this.#seen = await load('all');
      if (this.#another) continue;
      return this.#seen.trim();
    }
  }

  async again(): Promise<string> {
    do {
      this.#another = false;
      await load('all');
    } while (this.#another);
    return load('rest');
  }
}

let join: typeof import('node:path').join | undefined;
let separator: string | undefined;
let emitter: typeof EventEmitter | undefined;

/** The loader keeps each module, and gives it to everybody. */
export async function memberOfModule(): Promise<typeof import('node:path').join> {
  if (!join) {
    const module = await import('node:path');
    join = module.join;
  }
  return join;
}

export async function destructured(): Promise<string> {
  if (separator === undefined) {
    const { sep } = await import('node:path');
    separator = sep;
  }
  return separator;
}

export async function assignedLater(): Promise<typeof EventEmitter> {
  if (emitter) return emitter;
  let module: typeof import('node:events');
  try {
    module = await import('node:events');
  } catch (cause) {
    throw new Error('no events', { cause });
  }
  emitter = module.EventEmitter ?? module.default;
  return emitter;
}

/** Who closes what is closed says the same once more. */
export class Stream {
  #isClosed = false;
  #state: 'open' | 'ended' = 'open';
  #connection: Connection | undefined;

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#connection?.close();
  }

  async stop(): Promise<void> {
    this.#state = 'ended';
    await this.#connection?.close();
  }

  async failed(error: Error): Promise<void> {
    if (this.#isClosed) throw new Error('closed');
    this.#connection = await connect();
    await this.close();
    throw error;
  }

  async refused(error: Error): Promise<void> {
    if (this.#state !== 'open') return;
    await load('reason');
    await this.stop();
    throw error;
  }
}

/** Whoever reads an iterator waits for one element before the next. */
export class Cursor implements AsyncIterable<string> {
  #batch: string[] | undefined;

  async *[Symbol.asyncIterator](): AsyncIterator<string> {
    for (let one = await this.next(); one !== undefined; one = await this.next()) yield one;
  }

  async next(): Promise<string | undefined> {
    if ((this.#batch?.length ?? 0) === 0) await this.#fetch();
    return this.#batch?.shift();
  }

  async #fetch(): Promise<void> {
    if (this.#batch?.length) return;
    const text = await load('batch');
    this.#batch = text.split(',');
  }
}

/** What the program relies on is no way that calls take. */
export class Once {
  #made: Connection | undefined;

  async create(): Promise<void> {
    if (this.#made) {
      throw new Error('This should only be called once');
    }
    this.#made = await connect();
  }
}
