import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { report, save } from './lib';

const events = new EventEmitter();

export function start(socket: EventEmitter) {
  setTimeout(async () => {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  }, 10);
  setInterval(save, 1000);
  setTimeout(() => void save().catch((error: unknown) => console.error(error)), 10);
  events.on('change', async (id: string) => {
    try {
      await save(id);
      console.log(`saved
  ${id}`);
    } catch (error) {
      console.error(error);
    }
  });
  socket.once('end', async function () {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  });
  process.on('SIGTERM', async () => {
    try {
      await save();
      process.exit(0);
    } catch (error) {
      console.error(error);
    }
  });
  createServer(async (_request, response) => {
    try {
      await save();
      response.end();
    } catch (error) {
      console.error(error);
    }
  });
  document.body.addEventListener('click', async () => {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  });
  document.body.onclick = async () => {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  };
}

export function rethrown() {
  setTimeout(async () => {
    try {
      try {
        await save();
      } catch (error) {
        report(error);
        throw error;
      }
    } catch (error) {
      console.error(error);
    }
  });
  setTimeout(async () => {
    try {
      try {
        return await save();
      } catch (error) {
        report(error);
      }
    } catch (error) {
      console.error(error);
    }
  });
}

declare function many(first: boolean, ...callbacks: (() => void)[]): void;
declare function pair(...callbacks: [number, () => void]): void;
declare const optional: ((callback: () => void) => void) | undefined;
declare function either(callback: (() => void) | { run(): void }): void;
declare function loose(callback: () => number): void;
declare function loose(callback: () => void): void;
declare function remember<T extends () => unknown>(callback: T): T;

export class Watcher {
  constructor(readonly callback: () => void) {}
}

export function shapes(callbacks: (() => Promise<void>)[]) {
  many(true, async () => { try { await save(); } catch (error) { console.error(error); } }, () => {}, save);
  many(true, ...callbacks);
  pair(1, async () => { try { await save(); } catch (error) { console.error(error); } });
  optional?.(async () => { try { await save(); } catch (error) { console.error(error); } });
  either(async () => { try { await save(); } catch (error) { console.error(error); } });
  loose(async () => { try { await save(); } catch (error) { console.error(error); } });
  remember<() => void>(async () => { try { await save(); } catch (error) { console.error(error); } });
  new Watcher(async () => { try { await save(); } catch (error) { console.error(error); } });
  optional?.(Math.random() > 0.5 ? async () => { try { await save(); } catch (error) { console.error(error); } } : () => {});
}

export async function last(task: Promise<void>) {
  await task.finally(async () => {
    try {
      await save();
    } catch (error) {
      console.error(error);
    }
  });
}
