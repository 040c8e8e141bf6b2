import { exists, save, size } from './lib';

export async function iterate(ids: string[], unique: Set<string>, maybe?: string[]) {
  for (const id of ids) {
    if (!id) continue;
    await save(id);
  }
  for (const [index, id] of ids.entries()) {
    await save(`${id}${index}`);
  }
  for (const id of unique) await save(id);
  for (const id of maybe ?? []) {
    await save(id);
  }
  await Promise.all(ids.map((id) => save(id)));
  for (const id of ids) {
    try {
      await save(id);
    } catch (error) {
      console.error(error);
    }
  }
}

export async function test(ids: string[]) {
  const keptAnswers = await Promise.all(ids.map(async (id) => await exists(id)));
  const kept = ids.filter((_, index) => keptAnswers[index]);
  const some = (await Promise.all(ids.map(async (id) => await exists(id)))).some(Boolean);
  const every = (await Promise.all(ids.map((id) => exists(id)))).every(Boolean);
  const firstAnswers = await Promise.all(ids.map(async (id) => await exists(id)));
  const first = ids.find((_, index) => firstAnswers[index]);
  return { kept, some, every, first };
}

export async function total(ids: string[]) {
  const lengths: number[] = await ids.reduce<any>(async (found, id) => {
    (await found).push(await size(id));
    return found;
  }, []);
  const last: string = await ids.reduce<any>(async (_, id) => {
    await _;
    await save(id);
    return id;
  }, '');
  return { lengths, last };
}

export function inSync(ids: string[]) {
  ids.forEach(async (id) => {
    await save(id);
  });
}
