import { load } from './lib.ts';

export async function all(ids: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  await Promise.all(
    ids.map(async (id) => {
      const text = await load(id);
      texts.push(text);
//          ^^^^ unordered-result pushed
//          related alarms.ts:6 "all callbacks run at once"
//          related alarms.ts:14 "here the order shows"
    }),
  );
  return texts;
}

export async function joined(ids: readonly string[]): Promise<string> {
  const texts: string[] = [];
  await Promise.all(
    ids.map(async (id) => {
      texts.push(await load(id));
//          ^^^^ unordered-result pushed
//          related alarms.ts:20 "all callbacks run at once"
//          related alarms.ts:27 "here the order shows"
    }),
  );
  return texts.join('\n');
}
