import { setInterval as every } from 'node:timers/promises';
import { load, pause, send } from './lib.ts';

let items: readonly string[] = [];
let isRunning = false;
let lastRun = 0;
let healthy = true;
let ticks = 0;

// A run leaves at once while another one is under way.
export function guarded(): void {
  setInterval(async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      items = await load();
    } finally {
      isRunning = false;
    }
  }, 1000);
}

export class Poller {
  #isPolling = false;
  #items: readonly string[] = [];

  start(): NodeJS.Timeout {
    return setInterval(() => {
      if (!this.#isPolling) void this.poll();
    }, 1000);
  }

  async poll(): Promise<void> {
    this.#isPolling = true;
    this.#items = await load();
    this.#isPolling = false;
  }

  get items(): readonly string[] {
    return this.#items;
  }
}

// The next one starts when the last one has ended.
export function rescheduled(): void {
  const tick = async (): Promise<void> => {
    items = await load();
    setTimeout(tick, 1000);
  };
  setTimeout(tick, 1000);
}

// Everything is written before the wait.
export function early(): void {
  setInterval(async () => {
    ticks += 1;
    const batch = items;
    items = [];
    await send(batch);
  }, 1000);
}

// Nobody minds which of two runs writes a constant or a time.
export function constant(): void {
  setInterval(async () => {
    await send(items);
    healthy = true;
    lastRun = Date.now();
  }, 1000);
}

// It stops itself.
export function once(): void {
  const timer = setInterval(async () => {
    items = await load();
    if (items.length > 0) clearInterval(timer);
  }, 100);
}

// An hour is enough.
export function hourly(): void {
  setInterval(
    async () => {
      items = await load();
    },
    60 * 60 * 1000,
  );
}

// This one waits for each round by itself.
export async function rounds(): Promise<void> {
  for await (const _ of every(1000)) items = await load();
}

// Nothing is shared.
export function local(): void {
  setInterval(async () => {
    const found = await load();
    await send(found);
  }, 1000);
}

export async function busy(): Promise<unknown> {
  await pause(10);
  return [healthy, lastRun, ticks];
}

// Nobody knows how long the period is, and the next tick makes it right again.
export function configured(period: number): void {
  setInterval(async () => {
    items = await load();
  }, period);
}

// Nothing is started while the last run is under way.
export function singleFlight(): void {
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    items = await load();
  };
  setInterval(() => {
    running ??= run().finally(() => {
      running = undefined;
    });
  }, 1000);
}
