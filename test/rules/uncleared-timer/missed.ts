import { load, type User } from './lib.ts';

declare function giveUp(): void;

export async function watched(id: string): Promise<User> {
  const watchdog = setTimeout(giveUp, 60_000);
//                 ^^^^^^^^^^ uncleared-timer missed
//                 related missed.ts:10 "when this rejects"
  // The slow part.
  const user = await load(id);
  clearTimeout(watchdog);
  return user;
}

export async function watchedQuietly(id: string): Promise<void> {
  const watchdog = setTimeout(giveUp, 60_000);
//                 ^^^^^^^^^^ uncleared-timer missed
//                 related missed.ts:19 "when this rejects"
  await load(id);

  clearTimeout(watchdog);
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
//             ^^^^^^^^^^^ uncleared-timer missed
//             related missed.ts:50 "leaves here"
  if (isDone()) return;
  await load(id);
  clearInterval(beat);
}

export function watchedByThen(id: string): Promise<User> {
  const watchdog = setTimeout(giveUp, 60_000);
//                 ^^^^^^^^^^ uncleared-timer missed
//                 related missed.ts:60 "cleared here only"
  return load(id).then((user) => {
    clearTimeout(watchdog);
    return user;
  });
}

export function watchedByFinally(id: string): Promise<User> {
  const watchdog = setTimeout(giveUp, 60_000);
  return load(id).finally(() => clearTimeout(watchdog));
}
