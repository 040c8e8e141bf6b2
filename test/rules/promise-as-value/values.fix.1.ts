import { count, exists, load, nameOf } from './lib';

export async function values(id: string, names: string[], total: unknown) {
  const text = `Hello ${await nameOf(id)}`;
  const sum = 'Hello ' + await nameOf(id);
  const copy = { ...await load(id), total };
  const conditional = { ...(names.length > 0 && await load(id)), ...(names[0] ? {} : await load(id)) };
  if ((await (count() as unknown)) === 3) return text;
  switch (await (nameOf(id) as unknown)) {
    case 'a':
      return sum;
  }
  const isIn = 'name' in await load(id);
  for (const key in await load(id)) names.push(key);
  const list = Array.isArray(await nameOf(id));
  const keys = Object.keys(await load(id));
  const merged = Object.assign({}, await load(id));
  return { copy, conditional, isIn, list, keys, merged };
}

export async function sinks(id: string, response: { json(body: unknown): void }, res: any) {
  const body = JSON.stringify({ user: await load(id), more: [await nameOf(id)], nested: { name: await nameOf(id) } });
  console.log(await load(id));
  res.status(200).json({ user: await load(id) });
  const seen = load(id);
  console.log(await seen);
  response.json(body);
  return seen;
}

interface Options {
  attributes: Record<string, any>;
}

declare function render(options: Options): void;

interface Info {
  id: string;
  details: any;
  detailsPromise: any;
}

export function info(id: string): Info {
  return { id, details: load(id), detailsPromise: load(id) };
}

export async function bags(id: string, client: any) {
  render({ attributes: await load(id) });
  const input: Record<string, unknown> = { user: await load(id), [id]: await nameOf(id) };
  await client.update({ id, data: await load(id) });
  await client.update({ where: { id }, data: { tags: [1], user: await load(id) } });
  return input;
}

export async function variables(id: string) {
  const name = await nameOf(id);
  const greeting = `Hello ${name}`;
  const user = await load(id);
  const body = JSON.stringify({ user });
  let image: any = greeting;
  if (image.startsWith('http')) image = await nameOf(image);
  return { greeting, body, image };
}

export async function later(id: string) {
  const name = nameOf(id);
  const greeting = `Hello ${await name}`;
  console.log(await name);
  return greeting;
}

declare function expect(value: unknown): any;

export async function asserted(id: string) {
  expect(await nameOf(id)).toBe('a');
  expect(await exists(id)).toBeTruthy();
  expect(await exists(id)).not.toEqual(false);
}

export class Users {
  readonly #known = new Map<string, { name: string }>();
  readonly #all = new Set<{ name: string }>();
  readonly #pending = new Map<string, Promise<{ name: string }>>();

  async keep(id: string) {
    this.#known.set(id, await load(id));
    this.#all.add(await load(id));
    this.#pending.set(id, load(id));
  }
}
