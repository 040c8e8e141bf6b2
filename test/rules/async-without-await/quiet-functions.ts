declare function load(): Promise<string>;
declare function maybe(): string | Promise<string>;
declare const untyped: any;

export async function awaits(): Promise<string> {
  return await load();
}

export async function returnsPromise(): Promise<string> {
  return load();
}

export async function returnsMaybe(): Promise<string> {
  return maybe();
}

export async function returnsAny(): Promise<string> {
  return untyped();
}

export async function loops(stream: AsyncIterable<string>): Promise<void> {
  for await (const text of stream) console.log(text);
}

export async function disposes(open: () => AsyncDisposable): Promise<void> {
  await using file = open();
  console.log(file);
}

export async function inDefault(text = load().then((loaded) => loaded), other = 1): Promise<string> {
  return text.then((each) => each + other);
}

export async function* generator(): AsyncGenerator<number> {
  yield 1;
}

export async function empty(): Promise<void> {}

export async function placeholder(): Promise<void> {
  throw new Error('not implemented');
}

export const shorthand = async () => load();

/** The overloads say what callers see. */
export function find(id: string): Promise<string>;
export function find(id: string, other: string): Promise<string>;
export async function find(...ids: string[]): Promise<string> {
  if (ids.length === 0) throw new Error('nothing to find');
  return ids.join();
}

export class Finder {
  find(id: string): Promise<string>;
  find(...ids: string[]): Promise<string>;
  async find(...ids: string[]): Promise<string> {
    if (ids.length > 3) throw new Error('too many');
    return ids.join();
  }
}

/** The mistake is the missing `await`, of which other rules speak. */
export async function forgets(ids: readonly string[]): Promise<void> {
  ids.forEach(async (id) => {
    await load().then(() => id);
  });
}

export async function forgetsToo(ids: readonly string[]): Promise<number> {
  ids.map((id) => load().then(() => id));
  return ids.length;
}

export async function forgetsOne(): Promise<string> {
  load();
  return 'done';
}
