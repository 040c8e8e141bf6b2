import { load, type User } from './lib.ts';

declare function giveUp(): void;

export async function watched(id: string): Promise<User> {
  const watchdog = setTimeout(giveUp, 60_000);
  // The slow part.
  try {
    const user = await load(id);
    return user;
  } finally {
    clearTimeout(watchdog);
  }
}

export async function watchedQuietly(id: string): Promise<void> {
  const watchdog = setTimeout(giveUp, 60_000);
  try {
    await load(id);

  } finally {
    clearTimeout(watchdog);
  }
}

export async function watchedWell(id: string): Promise<User> {
  const watchdog = setTimeout(giveUp, 60_000);
  try {
    return await load(id);
  } finally {
    clearTimeout(watchdog);
  }
}

export async function watchedByCatch(id: string): Promise<User | undefined> {
  let watchdog: NodeJS.Timeout | undefined;
  let user: User | undefined;
  try {
    watchdog = setTimeout(giveUp, 60_000);
    user = await load(id);
  } catch {
    console.log('failed');
  }
  clearTimeout(watchdog);
  return user;
}

export async function beat(id: string, isDone: () => boolean): Promise<void> {
  const beat = setInterval(() => console.log(id), 1000);
  try {
    if (isDone()) return;
    await load(id);
  } finally {
    clearInterval(beat);
  }
}

export function watchedByThen(id: string): Promise<User> {
  const watchdog = setTimeout(giveUp, 60_000);
  return load(id).then((user) => {
    clearTimeout(watchdog);
    return user;
  });
}

export function watchedByFinally(id: string): Promise<User> {
  const watchdog = setTimeout(giveUp, 60_000);
  return load(id).finally(() => clearTimeout(watchdog));
}
