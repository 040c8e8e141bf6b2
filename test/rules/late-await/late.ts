import { load, type User, use } from './lib.ts';

export async function oneAfterAnother(): Promise<void> {
  const first = load('1');
  const second = load('2');
//      ^^^^^^ late-await late
//      related late.ts:9 "awaits something else here"
//      related lib.ts:6 "can throw here"
  await first;
  await second;
}

export async function withResults(): Promise<readonly User[]> {
  const first = load('1');
  const second = load('2');
//      ^^^^^^ late-await late
//      related late.ts:23 "awaits something else here"
//      related lib.ts:6 "can throw here"
  const third = load('3');
//      ^^^^^ late-await late
//      related late.ts:23 "awaits something else here"
//      related lib.ts:6 "can throw here"
  const one = await first;
  const { name } = await second;
  await third;
  return [one, { name }];
}

export async function behindAnotherWait(): Promise<User> {
  const user = load('1');
//      ^^^^ late-await late
//      related late.ts:34 "awaits something else here"
//      related lib.ts:6 "can throw here"
  const other = await load('2');
  const it = await user;
  use(other);
  return it;
}

export async function handledLater(): Promise<User | undefined> {
  const user = load('1');
//      ^^^^ late-await late
//      related late.ts:45 "awaits something else here"
//      related lib.ts:6 "can throw here"
  await load('2');
  return user.catch(() => undefined);
}

export async function inTry(): Promise<User> {
  const user = load('1');
//      ^^^^ late-await late
//      related late.ts:55 "awaits something else here"
//      related lib.ts:6 "can throw here"
  try {
    await load('2');
  } catch (error) {
    use(error);
  }
  return await user;
}

export async function inExpression(): Promise<void> {
  const first = load('1');
  const second = load('2');
//      ^^^^^^ late-await late
//      related late.ts:68 "awaits something else here"
//      related lib.ts:6 "can throw here"
  use(await first, await second);
}

export async function combinedLater(): Promise<void> {
  const first = load('1');
//      ^^^^^ late-await late
//      related late.ts:76 "awaits something else here"
//      related lib.ts:6 "can throw here"
  const other = await load('2');
  use(other, await Promise.all([first, load('3')]));
}

export async function betweenElements(stream: AsyncIterable<string>): Promise<void> {
  const user = load('1');
//      ^^^^ late-await late
//      related late.ts:85 "waits here for the next element"
//      related lib.ts:6 "can throw here"
  for await (const part of stream) use(part);
  await user;
}

export async function* produced(): AsyncGenerator<User> {
  const second = load('2');
//      ^^^^^^ late-await late
//      related late.ts:94 "awaits something else here"
//      related lib.ts:6 "can throw here"
  yield await load('1');
  yield await second;
}

export async function started(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
//      ^^^^^ late-await late
//      related late.ts:102 "awaits something else here"
  use(await load('other'));
  use(await Promise.all(users));
}

export async function assigned(id: string): Promise<void> {
  let user: Promise<User> | undefined;
  if (id !== '') user = load(id);
//               ^^^^ late-await late
//               related late.ts:112 "awaits something else here"
//               related lib.ts:6 "can throw here"
  const other = await load('other');
  if (user) use(other, await user);
}
