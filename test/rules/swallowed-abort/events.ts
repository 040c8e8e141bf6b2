import { type EventEmitter, once } from 'node:events';

/** An error event ends the wait as well: the two look the same here. */
export async function first(source: EventEmitter, options: { readonly signal?: AbortSignal }): Promise<unknown> {
  try {
    const [value] = await once(source, 'data', { ...(options.signal && { signal: options.signal }) });
    return value;
  } catch (error) {
//  ^^^^^ swallowed-abort swallowed
//  related events.ts:6 "rejects when it is aborted"
    console.error(error);
    return undefined;
  }
}

export async function plain(source: EventEmitter, signal: AbortSignal): Promise<boolean> {
  try {
    await once(source, 'ready', { signal });
    return true;
  } catch {
//  ^^^^^ swallowed-abort swallowed
//  related events.ts:18 "rejects when it is aborted"
    return false;
  }
}
