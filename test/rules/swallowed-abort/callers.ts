import { load } from './lib';

async function textOrNone(id: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    return await load(id, { signal });
  } catch {
//  ^^^^^ swallowed-abort swallowed
//  related callers.ts:5 "rejects when it is aborted"
    return undefined;
  }
}

// One of the callers goes on with what looks like an answer.
export async function page(id: string, signal: AbortSignal): Promise<string> {
  const head = (await textOrNone('head')) ?? '';
  return head + ((await textOrNone(id, signal)) ?? '');
}

async function either(id: string, signal?: AbortSignal): Promise<string> {
  const first = load(id, { signal });
  try {
    await load('other');
  } catch {
    return '';
  }
  return first;
}

// The work that is aborted is waited for behind the inner `catch`.
export async function outer(id: string, signal?: AbortSignal): Promise<string> {
  try {
    return await either(id, signal);
  } catch {
//  ^^^^^ swallowed-abort swallowed
//  related callers.ts:32 "rejects when it is aborted"
    return '';
  }
}
