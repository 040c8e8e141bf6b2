declare function load(): Promise<string>;
declare function isHttpError(value: unknown): value is { readonly status: number };
declare const anything: any;
declare const something: unknown;
declare const signal: AbortSignal;
declare const maybe: Error | undefined;
declare const like: { readonly name: string; readonly message: string };

class NotFound extends Error {}

export async function errors(kind: number): Promise<void> {
  if (kind === 1) throw new Error('failed');
  if (kind === 2) throw new NotFound('failed');
  if (kind === 3) throw new DOMException('stopped', 'AbortError');
  if (kind === 4) throw anything;
  if (kind === 5) throw something;
  if (kind === 6) throw signal.reason;
  if (kind === 7) throw maybe;
  if (kind === 8) throw like;
  signal.throwIfAborted();
}

/** What was caught is passed on. */
export async function passed(): Promise<void> {
  try {
    await load();
  } catch (error) {
    throw error;
  }
  await load().catch((error: string) => Promise.reject(error));
}

export function adapted(listen: (callback: (failure: string) => void) => void): Promise<void> {
  return new Promise((_resolve, reject) => {
    listen((failure) => reject(failure));
    new Promise((_done, rejectInner) => rejectInner(new Error('inner'))).catch(reject);
  });
}

/** A copy of what was caught, for another thread. */
export async function copied(): Promise<string> {
  try {
    return await load();
  } catch (error: any) {
    throw { stack: error.stack, ...error };
  }
}

/** The reasons are not wanted. */
export const anyOf = (names: readonly string[]) =>
  Promise.any(names.map(() => load().then((text) => text === '' || Promise.reject())));

/** Thrown on purpose. */
export async function loader(): Promise<string> {
  const text = await load();
  if (text === '') throw new Response('not found', { status: 404 });
  return text;
}

export async function suspended(): Promise<void> {
  throw load();
}

/** Not asynchronous. */
export function parse(text: string): void {
  if (text === '') throw 'empty';
}

/** Looked at before it is read. */
export function handled(): void {
  load().catch((error) => console.error(error));
  load().catch((error: Error) => console.error(error.message));
  load().catch((error) => console.error(error instanceof Error ? error.message : error));
  load().catch((error) => console.error(error?.message));
  load().catch((error) => {
    if (isHttpError(error)) console.error(error.status);
  });
  load().catch((error) => {
    if (error.code === 'ENOENT') return;
    throw error;
  });
  load().catch((error) => console.error((error as Error).message));
}
