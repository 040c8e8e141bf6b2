import { load, sleep, timeout, type User } from './lib.ts';

export async function limited(id: string): Promise<User> {
  let timer2: ReturnType<typeof setTimeout> | undefined;
  return await Promise.race([
    load(id),
    new Promise<never>((_, reject) => { timer2 = setTimeout(() => reject(new Error('too late')), 5000); }),
  ]).finally(() => clearTimeout(timer2));
}

export async function limitedByVariable(id: string, ms: number): Promise<User> {
  let timer2: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer2 = setTimeout(reject, ms, new Error('too late'));
  });
  return Promise.race([load(id), deadline]).finally(() => clearTimeout(timer2));
}

export async function clearedOnSuccessOnly(id: string): Promise<User> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), 5000);
  });
  try {
    const user = await Promise.race([load(id), deadline]);
    return user;
  } finally {
    clearTimeout(timer);
  }
}

export async function byHelper(id: string): Promise<User | undefined> {
  const user = await Promise.race([load(id), sleep(5000)]);
  return user ?? undefined;
}

export async function byThrowingHelper(id: string): Promise<User> {
  const late = timeout(5000);
  return Promise.race([load(id), late.catch((error: unknown) => Promise.reject(error))]);
}

// The timer that clears itself has fired already.
export function limitedByItself(id: string, ms: number): Promise<User> {
  const deadline = new Promise<never>((_, reject) => {
    const own = setTimeout(() => {
      clearTimeout(own);
      reject(new Error('too late'));
    }, ms);
  });
  return Promise.race([load(id), deadline]);
}

export function clearedByThen(id: string): Promise<User> {
  let pending: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    pending = setTimeout(() => reject(new Error('too late')), 5000);
  });
  return Promise.race([load(id), deadline]).then((user) => {
    clearTimeout(pending);
    return user;
  });
}
