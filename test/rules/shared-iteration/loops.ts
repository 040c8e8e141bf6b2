import { notify } from './lib';

export class Registry {
  readonly #listeners: string[] = [];
  readonly #sessions = new Map<string, string>();
  readonly names = new Set<string>();

  add(name: string): void {
    this.#listeners.push(name);
    this.names.add(name);
  }

  remove(name: string): void {
    const index = this.#listeners.indexOf(name);
    if (index >= 0) this.#listeners.splice(index, 1);
  }

  end(id: string): void {
    this.#sessions.delete(id);
  }

  async notifyAll(): Promise<void> {
    for (const listener of this.#listeners) {
//                         ^^^^^^^^^^^^^^^ shared-iteration shifted
//                         related loops.ts:23 "1 takes an element of `this.#listeners`"
//                         related loops.ts:29 "2 waits here, and other tasks run"
//                         related loops.ts:15 "3 `remove` changes `this.#listeners`"
//                         related loops.ts:23 "4 takes the next element of what is there now"
      await notify(listener);
    }
  }

  async byIndex(): Promise<void> {
    for (let i = 0; i < this.#listeners.length; i++) {
//                      ^^^^^^^^^^^^^^^ shared-iteration shifted
//                      related loops.ts:34 "1 takes an element of `this.#listeners`"
//                      related loops.ts:40 "2 waits here, and other tasks run"
//                      related loops.ts:15 "3 `remove` changes `this.#listeners`"
//                      related loops.ts:34 "4 takes the next element of what is there now"
      await notify(this.#listeners[i] ?? '');
    }
  }

  async pingAll(): Promise<void> {
    for (const session of this.#sessions.values()) {
      await notify(session);
    }
  }

  async all(): Promise<void> {
    const { names } = this;
    for (const name of names) {
//                     ^^^^^ shared-iteration changed
//                     related loops.ts:52 "1 takes an element of `names`"
//                     related loops.ts:58 "2 waits here, and other tasks run"
//                     related loops.ts:10 "3 `add` changes `names`"
//                     related loops.ts:52 "4 takes the next element of what is there now"
      await notify(name);
    }
  }
}

const queue: string[] = [];

export function takeFirst(): string | undefined {
  return queue.shift();
}

export async function process(): Promise<void> {
  for (const item of queue) {
//                   ^^^^^ shared-iteration shifted
//                   related loops.ts:70 "1 takes an element of `queue`"
//                   related loops.ts:76 "2 waits here, and other tasks run"
//                   related loops.ts:66 "3 `takeFirst` changes `queue`"
//                   related loops.ts:70 "4 takes the next element of what is there now"
    if (item !== '') await notify(item);
  }
}
