import { load, type User, use } from './lib.ts';

export async function oneAfterAnother(): Promise<void> {
  const first = load('1');
  const second = load('2');
  await Promise.all([first, second]);
}

export async function withResults(): Promise<readonly User[]> {
  const first = load('1');
  const second = load('2');
  const third = load('3');
  const [one, { name }] = await Promise.all([first, second, third]);
  return [one, { name }];
}

export async function behindAnotherWait(): Promise<User> {
  const user = load('1');
  const [other, it] = await Promise.all([load('2'), user]);
  use(other);
  return it;
}

export async function handledLater(): Promise<User | undefined> {
  const user = load('1');
  user.catch(() => {
    // Handled where it is awaited.
  });
  await load('2');
  return user.catch(() => undefined);
}

export async function inTry(): Promise<User> {
  const user = load('1');
  user.catch(() => {
    // Handled where it is awaited.
  });
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
  second.catch(() => {
    // Handled where it is awaited.
  });
  use(await first, await second);
}

export async function combinedLater(): Promise<void> {
  const first = load('1');
  first.catch(() => {
    // Handled where it is awaited.
  });
  const other = await load('2');
  use(other, await Promise.all([first, load('3')]));
}

export async function betweenElements(stream: AsyncIterable<string>): Promise<void> {
  const user = load('1');
  user.catch(() => {
    // Handled where it is awaited.
  });
  for await (const part of stream) use(part);
  await user;
}

export async function* produced(): AsyncGenerator<User> {
  const second = load('2');
  second.catch(() => {
    // Handled where it is awaited.
  });
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
