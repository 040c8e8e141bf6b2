import { load } from './lib.ts';

// The order of the input.
export async function all(ids: readonly string[]): Promise<string[]> {
  return Promise.all(ids.map(async (id) => await load(id)));
}

// Sorted afterwards.
export async function sorted(ids: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  await Promise.all(
    ids.map(async (id) => {
      texts.push(await load(id));
    }),
  );
  return texts.sort();
}

// Only counted.
export async function counted(ids: readonly string[]): Promise<number> {
  const failed: string[] = [];
  await Promise.all(
    ids.map(async (id) => {
      if ((await load(id)) === '') failed.push(id);
    }),
  );
  return failed.length;
}

// Pushed before the wait.
export async function early(ids: readonly string[]): Promise<string[]> {
  const started: string[] = [];
  await Promise.all(
    ids.map(async (id) => {
      started.push(id);
      await load(id);
    }),
  );
  return started;
}

// One after the other.
export async function inOrder(ids: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const id of ids) texts.push(await load(id));
  return texts;
}
