import { exists, save, size } from './lib';

export async function iterate(ids: string[], unique: Set<string>, maybe?: string[]) {
  await Promise.all(ids.map(async (id) => {
    if (!id) return;
    await save(id);
  }));
  await Promise.all(ids.map(async (id, index) => {
    await save(`${id}${index}`);
  }));
  await Promise.all([...unique].map(async (id) => save(id)));
  await Promise.all(maybe?.map(async (id) => {
    await save(id);
  }) ?? []);
  ids.forEach((id) => save(id));
  await Promise.all(ids.map(async (id) => {
    try {
      await save(id);
    } catch (error) {
      console.error(error);
    }
  }));
}

export async function test(ids: string[]) {
  const kept = ids.filter(async (id) => await exists(id));
  const some = ids.some(async (id) => await exists(id));
  const every = ids.every((id) => exists(id));
  const first = ids.find(async (id) => await exists(id));
  return { kept, some, every, first };
}

export async function total(ids: string[]) {
  const lengths: number[] = await ids.reduce<any>(async (found, id) => {
    found.push(await size(id));
    return found;
  }, []);
  const last: string = await ids.reduce<any>(async (_, id) => {
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
