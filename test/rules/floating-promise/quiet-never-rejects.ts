import { load, report } from './lib.ts';

const seen = new Set<string>();
let runs = 0;

async function count(): Promise<void> {
  runs += 1;
  seen.add(String(runs));
}

async function guarded(id: string): Promise<void> {
  try {
    await load(id);
    throw new Error('caught below');
  } catch {
    await report(id);
  } finally {
    console.log(id);
  }
}

async function both(): Promise<void> {
  await Promise.all([count(), guarded('1')]);
  await recurse(3);
}

async function recurse(depth: number): Promise<void> {
  if (depth > 0) await recurse(depth - 1);
}

export function sync(): void {
  count();
  guarded('1');
  both();
  recurse(3);
  load('1').then(console.log, console.error);
  report('1').finally(() => console.log('done'));
  new Promise<void>((resolve) => {
    setTimeout(resolve, 10);
  });
  (async () => {
    try {
      await load('1');
    } catch (error) {
      console.error(error);
    }
  })();
  [1, 2].map(async (id) => {
    await report(String(id));
  });
}

const waiting = new Set<Promise<unknown>>();

/** What runs when all have settled only looks at collections. */
export function track(works: readonly Promise<string>[]): void {
  const settled = Promise.allSettled(works);
  waiting.add(settled);
  settled.finally(() => {
    waiting.delete(settled);
    for (const name of Array.from(seen.values()).flat()) if (/^old/.test(name)) seen.delete(name);
  });
}
