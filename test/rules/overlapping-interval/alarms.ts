import { load, send } from './lib.ts';

let items: readonly string[] = [];
let seen = 0;

export function start(): void {
  setInterval(async () => {
//^^^^^^^^^^^ overlapping-interval overlaps
// related alarms.ts:12 "1 waits for `load()`"
// related alarms.ts:13 "2 writes `items` when the next run may have done so already"
    // The newest ones.
    const found = await load();
    items = found;
  }, 1000);
}

export class Poller {
  #items: readonly string[] = [];
  #known = new Map<string, readonly string[]>();
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    this.#timer = setInterval(() => this.poll().catch(console.error), 5_000);
//                ^^^^^^^^^^^ overlapping-interval overlaps
//                related alarms.ts:47 "1 waits for `load()`"
//                related alarms.ts:47 "2 writes `this.#items` when the next run may have done so already"
  }

  watch(key: string): NodeJS.Timeout {
    const timer = setInterval(async () => {
//                ^^^^^^^^^^^ overlapping-interval overlaps
//                related alarms.ts:34 "1 waits for `load()`"
//                related alarms.ts:34 "2 writes `this.#known.get(key)` when the next run may have done so already"
      this.#known.set(key, await load());
    }, 100);
    return timer;
  }

  bound(): NodeJS.Timeout {
    return setInterval(this.poll.bind(this), 5_000);
//         ^^^^^^^^^^^ overlapping-interval overlaps
//         related alarms.ts:47 "1 waits for `load()`"
//         related alarms.ts:47 "2 writes `this.#items` when the next run may have done so already"
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
//       ^^^^^^^^^^^ overlapping-interval overlaps
//       related alarms.ts:61 "1 waits for `load()`"
//       related alarms.ts:61 "2 writes `seen` when the next run may have done so already"
    seen += (await load()).length;
    await send(items);
  }, 1000);
}

export const total = (): number => seen;

const queue: string[] = [];

export function drain(): NodeJS.Timeout {
  return setInterval(async () => {
//       ^^^^^^^^^^^ overlapping-interval overlaps
//       related alarms.ts:82 "1 waits for `send()`"
//       related alarms.ts:83 "2 writes `queue` when the next run may have done so already"
    await handleNext();
  }, 1000);
}

async function handleNext(): Promise<void> {
  const [next] = queue;
  if (next === undefined) return;
  await send([next]);
  queue.shift();
}
