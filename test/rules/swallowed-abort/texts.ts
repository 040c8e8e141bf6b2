import { load } from './lib';

/** The failure that passes is the named one; an abort becomes an empty text. */
export async function namedOnly(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
//  ^^^^^ swallowed-abort swallowed
//  related texts.ts:6 "rejects when it is aborted"
    if ((error as Error).message.startsWith('NOSCRIPT')) throw error;
    return '';
  }
}

/** The message of an abort has this word too. */
export async function oftenAnAbort(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
//  ^^^^^ swallowed-abort swallowed
//  related texts.ts:18 "rejects when it is aborted"
    if (!String(error).includes('operation')) throw error;
    return '';
  }
}

/** One of two, and the other one is true of every error. */
export async function either(id: string, isLast: boolean, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
//  ^^^^^ swallowed-abort swallowed
//  related texts.ts:30 "rejects when it is aborted"
    const isExpected = (error as Error).message.includes('not found') || isLast;
    if (!isExpected) throw error;
    return '';
  }
}
