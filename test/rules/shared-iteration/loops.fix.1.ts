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
    for (const listener of [...this.#listeners]) {
      await notify(listener);
    }
  }

  async byIndex(): Promise<void> {
    for (let i = 0; i < this.#listeners.length; i++) {
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
    for (const name of [...names]) {
      await notify(name);
    }
  }
}

const queue: string[] = [];

export function takeFirst(): string | undefined {
  return queue.shift();
}

export async function process(): Promise<void> {
  for (const item of [...queue]) {
    if (item !== '') await notify(item);
  }
}
