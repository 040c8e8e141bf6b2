import { count, exists, load, nameOf } from './lib';

export async function values(id: string, names: string[], total: unknown) {
  const text = `Hello ${nameOf(id)}`;
//                      ^^^^^^^^^^ promise-as-value text
  const sum = 'Hello ' + nameOf(id);
//                       ^^^^^^^^^^ promise-as-value text
  const copy = { ...load(id), total };
//                  ^^^^^^^^ promise-as-value spread
  const conditional = { ...(names.length > 0 && load(id)), ...(names[0] ? {} : load(id)) };
//                                              ^^^^^^^^ promise-as-value spread
//                                                                             ^^^^^^^^ promise-as-value spread
  if ((count() as unknown) === 3) return text;
//     ^^^^^^^^^^^^^^^^^^ promise-as-value comparison
  switch (nameOf(id) as unknown) {
//        ^^^^^^^^^^^^^^^^^^^^^ promise-as-value value
    case 'a':
      return sum;
  }
  const isIn = 'name' in load(id);
//                       ^^^^^^^^ promise-as-value value
  for (const key in load(id)) names.push(key);
//                  ^^^^^^^^ promise-as-value value
  const list = Array.isArray(nameOf(id));
//                           ^^^^^^^^^^ promise-as-value value
  const keys = Object.keys(load(id));
//                         ^^^^^^^^ promise-as-value value
  const merged = Object.assign({}, load(id));
//                                 ^^^^^^^^ promise-as-value value
  return { copy, conditional, isIn, list, keys, merged };
}

export async function sinks(id: string, response: { json(body: unknown): void }, res: any) {
  const body = JSON.stringify({ user: load(id), more: [nameOf(id)], nested: { name: nameOf(id) } });
//                                    ^^^^^^^^ promise-as-value serialised
//                                                     ^^^^^^^^^^ promise-as-value serialised
//                                                                                  ^^^^^^^^^^ promise-as-value serialised
  console.log(load(id));
//            ^^^^^^^^ promise-as-value printed
  res.status(200).json({ user: load(id) });
//                             ^^^^^^^^ promise-as-value serialised
  const seen = load(id);
  console.log(seen);
//            ^^^^ promise-as-value printed
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
//                      ^^^^^^^^ promise-as-value stored
}

export async function bags(id: string, client: any) {
  render({ attributes: load(id) });
//                     ^^^^^^^^ promise-as-value mismatch
  const input: Record<string, unknown> = { user: load(id), [id]: nameOf(id) };
//                                               ^^^^^^^^ promise-as-value stored
//                                                               ^^^^^^^^^^ promise-as-value stored
  await client.update({ id, data: load(id) });
//                                ^^^^^^^^ promise-as-value stored
  await client.update({ where: { id }, data: { tags: [1], user: load(id) } });
//                                                              ^^^^^^^^ promise-as-value stored
  return input;
}

export async function variables(id: string) {
  const name = nameOf(id);
//             ^^^^^^^^^^ promise-as-value unawaited
//             related values.ts:83 "becomes text here"
  const greeting = `Hello ${name}`;
  const user = load(id);
//             ^^^^^^^^ promise-as-value unawaited
//             related values.ts:87 "serialised here"
  const body = JSON.stringify({ user });
  let image: any = greeting;
  if (image.startsWith('http')) image = nameOf(image);
//                                      ^^^^^^^^^^^^^ promise-as-value unawaited
//                                      related values.ts:89 "used as a value here"
  return { greeting, body, image };
}

export async function later(id: string) {
  const name = nameOf(id);
  const greeting = `Hello ${name}`;
//                          ^^^^ promise-as-value text
  console.log(await name);
  return greeting;
}

declare function expect(value: unknown): any;

export async function asserted(id: string) {
  expect(nameOf(id)).toBe('a');
//       ^^^^^^^^^^ promise-as-value asserted
  expect(exists(id)).toBeTruthy();
//       ^^^^^^^^^^ promise-as-value asserted
  expect(exists(id)).not.toEqual(false);
//       ^^^^^^^^^^ promise-as-value asserted
}

export class Users {
  readonly #known = new Map<string, { name: string }>();
  readonly #all = new Set<{ name: string }>();
  readonly #pending = new Map<string, Promise<{ name: string }>>();

  keep(id: string) {
    this.#known.set(id, load(id));
//                      ^^^^^^^^ promise-as-value mismatch
    this.#all.add(load(id));
//                ^^^^^^^^ promise-as-value mismatch
    this.#pending.set(id, load(id));
  }
}
