import { load } from './lib.ts';

export async function all(ids: readonly string[]): Promise<string[]> {
  const texts: string[] = await Promise.all(
    ids.map(async (id) => {
      const text = await load(id);
      return text;
    }),
  );
  return texts;
}

export async function joined(ids: readonly string[]): Promise<string> {
  const texts: string[] = await Promise.all(
    ids.map(async (id) => {
      return await load(id);
    }),
  );
  return texts.join('\n');
}
