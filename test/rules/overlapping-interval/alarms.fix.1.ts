import { load, send } from './lib.ts';

let items: readonly string[] = [];
let seen = 0;

export function start(): void {
  let isRunning = false;
  setInterval(async () => {
    // The newest ones.
    if (isRunning) return;
    isRunning = true;
    try {
      const found = await load();
      items = found;
    } finally {
      isRunning = false;
    }
  }, 1000);
}

export class Poller {
  #items: readonly string[] = [];
  #known = new Map<string, readonly string[]>();
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    this.#timer = setInterval(() => this.poll().catch(console.error), 5_000);
  }

  watch(key: string): NodeJS.Timeout {
    let isRunning = false;
    const timer = setInterval(async () => {
      if (isRunning) return;
      isRunning = true;
      try {
        this.#known.set(key, await load());
      } finally {
        isRunning = false;
      }
    }, 100);
    return timer;
  }

  bound(): NodeJS.Timeout {
    return setInterval(this.poll.bind(this), 5_000);
  }

  async poll(): Promise<void> {
    this.#items = await load();
  }

  stop(): readonly string[] {
    clearInterval(this.#timer);
    return [...this.#items, ...this.#known.keys()];
  }
}

export function count(): NodeJS.Timeout {
  return setInterval(async () => {
    seen += (await load()).length;
    await send(items);
  }, 1000);
}

export const total = (): number => seen;

const queue: string[] = [];

export function drain(): NodeJS.Timeout {
  return setInterval(async () => {
    await handleNext();
  }, 1000);
}

async function handleNext(): Promise<void> {
  const [next] = queue;
  if (next === undefined) return;
  await send([next]);
  queue.shift();
}
