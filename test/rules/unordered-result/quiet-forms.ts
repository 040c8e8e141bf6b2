import { load } from './lib.ts';

// A sum has no order.
export async function size(ids: readonly string[]): Promise<number> {
  let total = 0;
  await Promise.all(
    ids.map(async (id) => {
      const text = await load(id);
      total += text.length;
    }),
  );
  return total;
}

// The text is the callback's own.
export async function each(ids: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    ids.map(async (id) => {
      let text = '';
      text += await load(id);
      return text;
    }),
  );
}

// Appended before anything is waited for.
export async function early(ids: readonly string[]): Promise<string> {
  let names = '';
  await Promise.all(
    ids.map(async (id) => {
      names += id;
      await load(id);
    }),
  );
  return names;
}
