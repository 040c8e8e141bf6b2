import { exists, save, size } from './lib';

export async function iterate(ids: string[]) {
  for (const id of ids) await save(id);
  await Promise.all(ids.map(async (id) => save(id)));
  ids.forEach((id) => {
    console.log(id);
  });
  ids.forEach((id) => void save(id));
}

export async function test(ids: string[]) {
  const answers = await Promise.all(ids.map(exists));
  return ids.filter((_, index) => answers[index]);
}

export async function total(ids: string[]) {
  return ids.reduce(async (before, id) => {
    const found = await before;
    found.push(await size(id));
    return found;
  }, Promise.resolve([] as number[]));
}

export async function chained(ids: string[]) {
  return ids.reduce((before, id) => before.then(() => save(id)), Promise.resolve());
}

/** A collection of a library may wait for its predicates. */
export async function streamed(stream: { filter(test: (id: string) => Promise<boolean>): AsyncIterable<string> }) {
  return stream.filter(async (id) => exists(id));
}

/** Nothing here could wait for these, and none of them rejects. */
export function startAll(ids: string[]) {
  ids.forEach((id) => save(id).catch(() => console.error(id)));
  ids.forEach(async (id) => {
    try {
      await save(id);
    } catch (error) {
      console.error(error);
    }
  });
}

/** A chain that ends in a handler is a decision, also where one could wait. */
export async function preload(loaders: (() => Promise<void>)[]) {
  loaders.forEach((load) => load().catch(() => {}));
}
