import { load } from './lib';

export async function nothing(id: string, signal: AbortSignal): Promise<string | undefined> {
  return await load(id, { signal }).catch(() => undefined);
//                                  ^^^^^ swallowed-abort swallowed
//                                  related handlers.ts:4 "rejects when it is aborted"
}

export async function logged(id: string, signal: AbortSignal): Promise<string | undefined> {
  return await load(id, { signal }).catch((error: unknown) => {
//                                  ^^^^^ swallowed-abort swallowed
//                                  related handlers.ts:10 "rejects when it is aborted"
    console.error(error);
    return undefined;
  });
}

export async function second(id: string, signal: AbortSignal): Promise<number> {
  return await load(id, { signal }).then(
//                                  ^^^^ swallowed-abort swallowed
//                                  related handlers.ts:19 "rejects when it is aborted"
    (text) => text.length,
    () => 0,
  );
}
