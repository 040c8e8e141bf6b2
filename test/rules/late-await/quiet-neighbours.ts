import { load, quiet, type User, use } from './lib.ts';

export async function together(): Promise<void> {
  const first = load('1');
  const second = load('2');
  await Promise.all([first, second]);
}

export async function togetherFirst(): Promise<void> {
  const first = load('1');
  const second = load('2');
  const both = Promise.all([first, second]).catch(() => undefined);
  await load('3');
  await both;
}

export async function settledFirst(): Promise<void> {
  const first = load('1');
  const second = load('2');
  await Promise.allSettled([first, second]);
  use(await first, await second);
}

export async function oneAtATime(): Promise<void> {
  await load('1');
  await load('2');
}

export async function startedInOrder(): Promise<void> {
  const first = load('1');
  await first;
  const second = load('2');
  await second;
}

export async function handlerAtOnce(): Promise<void> {
  const second = load('2');
  second.catch(() => {
    // Handled where it is awaited.
  });
  await load('1');
  await second;
}

export async function handledWhereItStarts(): Promise<void> {
  const second = load('2').catch(() => undefined);
  await load('1');
  await second;
}

export async function neverRejects(): Promise<void> {
  const done = quiet();
  await load('1');
  await done;
}

export async function handedOn(all: Promise<User>[]): Promise<void> {
  const user = load('1');
  all.push(user);
  await load('2');
  await user;
}

export async function captured(): Promise<void> {
  const user = load('1');
  setTimeout(() => user.then(use, use), 1);
  await load('2');
  await user;
}

export async function otherBranch(wanted: boolean): Promise<void> {
  const user = load('1');
  if (wanted) use(await user);
  else await user;
  await load('2');
}

export async function loopsThatStart(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const user = load(id);
    use(await user);
  }
}

export async function allTogether(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
  for (const user of await Promise.all(users)) use(user);
}

export async function listWithHandlers(ids: readonly string[]): Promise<void> {
  const users = ids.map((id) => load(id));
  for (const user of users) user.catch(use);
  for (const user of users) use(await user);
}

export async function harmlessList(ids: readonly string[]): Promise<void> {
  const waits = ids.map(() => quiet());
  for (const wait of waits) await wait;
}

export async function stream(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) use(part);
}

declare function stop(): void;

/** What is thrown has been dealt with where it starts. */
export async function catchesAll(): Promise<void> {
  let failure: unknown;
  const work = (async () => {
    try {
      await load('1');
    } catch (error) {
      failure = error;
    } finally {
      stop();
    }
  })();
  await load('2');
  await work;
  use(failure);
}

/** Without `reject` there is nothing to handle. */
export async function resolvesOnly(): Promise<void> {
  const stopped = new Promise<void>((resolve) => setTimeout(resolve, 1));
  await load('1');
  await stopped;
}

declare function subscribe(listener: (name: string) => void): { dispose(): void };

async function nextName(): Promise<string> {
  return new Promise((resolve) => {
    const subscription = subscribe((name) => {
      subscription.dispose();
      resolve(name);
    });
  });
}

/** A function whose promise only resolves. */
export async function nextOfTwo(): Promise<string> {
  const name = nextName();
  await load('1');
  return await name;
}
