import { quiet, request, type User, use } from './lib.ts';

export function handledAtOnce(id: string): () => Promise<string> {
  const user = request(id);
  user.catch(() => {
    // Handled where it is awaited.
  });
  return async () => (await user).name;
}

export function neverRejects(): () => Promise<void> {
  const done = quiet();
  return async () => {
    await done;
  };
}

export function startedLate(id: string): () => Promise<string> {
  return async () => {
    const user = request(id);
    return (await user).name;
  };
}

/** The function that awaits it runs in the same turn. */
export function calledAtOnce(id: string): Promise<string> {
  const user = request(id);
  const run = async (): Promise<string> => (await user).name;
  return run();
}

export function givenAway(id: string): Promise<readonly string[]> {
  const user = request(id);
  return Promise.all(['a', 'b'].map(async (text) => text + (await user).name));
}

/** Whoever gets the promise may handle it. */
export function returnedToo(id: string): { readonly user: Promise<User>; name(): Promise<string> } {
  const user = request(id);
  return { user, name: async () => (await user).name };
}

export function passedOn(id: string): () => Promise<string> {
  const user = request(id);
  use(user);
  return async () => (await user).name;
}

/** What lives as long as the module is awaited by whoever imports it. */
const settings = request('settings');
export async function settingsName(): Promise<string> {
  return (await settings).name;
}
