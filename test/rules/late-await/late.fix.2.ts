import { load, type User, use } from './lib.ts';

export async function oneAfterAnother(): Promise<void> {
  const first = load('1');
  const second = load('2');
  second.catch(() => {
    // Handled where it is awaited.
  });
  await first;
  await second;
}

export async function withResults(): Promise<readonly User[]> {
  const first = load('1');
  const second = load('2');
  second.catch(() => {
    // Handled where it is awaited.
  });
  const third = load('3');
  third.catch(() => {
    // Handled where it is awaited.
  });
  const one = await first;
  const { name } = await second;
  await third;
  return [one, { name }];
}

export async function behindAnotherWait(): Promise<User> {
  const user = load('1');
  user.catch(() => {
    // Handled where it is awaited.
  });
  const other = await load('2');
  const it = await user;
  use(other);
  return it;
}

export async function handledLater(): Promise<User | undefined> {
  const user = load('1');
  await load('2');
  return user.catch(() => undefined);
}

export async function inTry(): Promise<User> {
  const user = load('1');
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
  use(await first, await second);
}

export async function combinedLater(): Promise<void> {
  const first = load('1');
  const other = await load('2');
  use(other, await Promise.all([first, load('3')]));
}

export async function betweenElements(stream: AsyncIterable<string>): Promise<void> {
  const user = load('1');
  for await (const part of stream) use(part);
  await user;
}

export async function* produced(): AsyncGenerator<User> {
  const second = load('2');
  yield await load('1');
  yield await second;
}

export async function started(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
  use(await load('other'));
  use(await Promise.all(users));
}

export async function assigned(id: string): Promise<void> {
  let user: Promise<User> | undefined;
  if (id !== '') user = load(id);
  const other = await load('other');
  if (user) use(other, await user);
}
