import { access, readFile, rm, unlink } from 'node:fs/promises';
import { createUser, loadUser, pendingWork, refresh, saveUser, show, type User } from './_lib';

let onFailure = () => {};
export function setOnFailure(to: () => void): void {
  onFailure = to;
}

/** A comment says why. */
export async function explained(user: User): Promise<void> {
  await saveUser(user).catch(() => {
    // The next run saves it again.
  });
  await saveUser(user).catch(() => {}); // the next run saves it again
  await saveUser(user).catch(/* saved again by the next run */ () => {});
  // Best effort.
  saveUser(user).catch(() => {});
  try {
    await saveUser(user);
  } catch {
    // The next run saves it again.
  }
  // Best effort: the next run saves it again.
  if (user.id !== '') {
    saveUser(user).catch(() => {});
  }
}

/** Somebody uses the error. */
export async function used(user: User): Promise<void> {
  await saveUser(user).catch((error: unknown) => console.error(error));
  await saveUser(user).catch(console.error);
  await saveUser(user).catch(onFailure);
  await saveUser(user)
    .catch(console.error)
    .catch(() => {});
  try {
    await saveUser(user);
  } catch (error) {
    console.error(error);
  }
}

/** The answer tells. */
export async function told(user: User): Promise<{ ok: boolean }> {
  const created = await createUser('Ada').catch(() => undefined);
  if (!created) return { ok: false };
  try {
    await saveUser(user);
    return { ok: true };
  } catch {
    return { ok: false };
  }
}

/** A look for something that may not be there. */
export async function found(file: string, id: string): Promise<User | undefined> {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  let text = '';
  try {
    text = await readFile(file, 'utf8');
  } catch {}
  try {
    return await loadUser(id);
  } catch {}
  const other = await loadUser(text).catch(() => undefined);
  await import('./optional.js' as string).catch(() => {});
  return exists ? other : undefined;
}

/** Cleaning up. */
export async function tidy(file: string, stream: { close(): Promise<void> }): Promise<void> {
  await unlink(file).catch(() => {});
  try {
    await rm(file);
    await stream.close();
  } catch {}
  try {
    show(await loadUser('1'));
  } finally {
    await refresh().catch(() => {});
  }
}

export async function shutdown(): Promise<void> {
  await refresh().catch(() => {});
  await Promise.allSettled([refresh()]);
}

/** The first error counts. */
export async function handled(user: User): Promise<void> {
  try {
    await saveUser(user);
  } catch (error) {
    await refresh().catch(() => {});
    throw error;
  }
}

/** Others hold the promise. */
export async function shared(user: User): Promise<void> {
  const saving = saveUser(user);
  saving.catch(() => {});
  await refresh();
  await saving;
  await Promise.allSettled(pendingWork());
  const pending = pendingWork();
  await Promise.allSettled(pending);
  pending.length = 0;
}

/** It reports its own errors. */
async function guarded(user: User): Promise<void> {
  try {
    await saveUser(user);
  } catch (error) {
    console.error(error);
  }
}

export async function outer(users: readonly User[]): Promise<void> {
  guarded(users[0]!).catch(() => {});
  await Promise.allSettled(users.map(guarded));
  await Promise.allSettled(users.map((user) => guarded(user)));
}

/** A body is read to release its connection. */
export async function drained(): Promise<number> {
  const response = await fetch('/users');
  await response.text().catch(() => {});
  return response.status;
}

/** Who keeps the promise hears of its rejection. */
export class Loader {
  readonly #loaded = refresh();

  wait(): Promise<void> {
    return this.#loaded;
  }

  start(): void {
    this.wait().catch(() => {});
  }
}

/** Nothing is awaited here. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {}
  return undefined;
}

/** A look at each result. */
export async function inspected(users: readonly User[]): Promise<number> {
  const results = await Promise.allSettled(users.map((user) => saveUser(user)));
  return results.filter((result) => result.status === 'rejected').length;
}

process.on('unhandledRejection', (reason) => {
  console.error(reason);
});
