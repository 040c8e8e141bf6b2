import { type EventEmitter, once } from 'node:events';
import { isAbortError, LoadError, load, logger, sleep } from './lib';

type Result = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: unknown };

export async function rethrown(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    logger.warn('failed', error);
    throw error;
  }
}

export async function wrapped(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    throw new LoadError('failed', { cause: error });
  }
}

export async function byName(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    return '';
  }
}

export async function byHelper(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    if (isAbortError(error)) return 'cancelled';
    return '';
  }
}

export async function bySignal(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    if (!signal.aborted) console.error(error);
    return '';
  }
}

export async function throwIfAborted(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch {
    signal.throwIfAborted();
    return '';
  }
}

/** What is no `LoadError` passes. */
export async function onlyOthers(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    if (error instanceof LoadError) return '';
    throw error;
  }
}

export async function byCode(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

export async function afterwards(id: string, signal: AbortSignal): Promise<string> {
  let text = '';
  try {
    text = await load(id, { signal });
  } catch (error) {
    console.error(error);
  }
  signal.throwIfAborted();
  return text;
}

export async function passedOn(id: string, signal: AbortSignal): Promise<Result> {
  try {
    return { ok: true, text: await load(id, { signal }) };
  } catch (error) {
    return { ok: false, error };
  }
}

export function rejecting(id: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const run = async (): Promise<void> => {
      try {
        resolve(await load(id, { signal }));
      } catch (error) {
        reject(error);
      }
    };
    void run();
  });
}

/** The owner of the controller decides what its abort means. */
export async function owner(id: string): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  try {
    return await load(id, { signal: controller.signal });
  } catch (error) {
    console.error(error);
    return '';
  } finally {
    clearTimeout(timer);
  }
}

export async function deadline(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal: AbortSignal.timeout(1000) });
  } catch (error) {
    console.error(error);
    return await load(id, { signal });
  }
}

export async function noSignal(id: string): Promise<string> {
  try {
    return await load(id);
  } catch (error) {
    console.error(error);
    return '';
  }
}

/** The wait between attempts ends with the abort. */
export async function waits(id: string, signal: AbortSignal): Promise<string> {
  for (;;) {
    try {
      return await load(id, { signal });
    } catch (error) {
      console.error(error);
    }
    await sleep(100, signal);
  }
}

export async function loopAsks(id: string, signal: AbortSignal): Promise<string> {
  while (!signal.aborted) {
    try {
      return await load(id, { signal });
    } catch (error) {
      console.error(error);
    }
  }
  return '';
}

export async function said(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch {
    // Aborted or failed: an empty text is right for both.
    return '';
  }
}

export async function handlerAsks(id: string, signal: AbortSignal): Promise<string> {
  return await load(id, { signal }).catch((error: unknown) => {
    if (isAbortError(error)) throw error;
    return '';
  });
}

export function inTheBackground(id: string, signal: AbortSignal): void {
  void load(id, { signal }).catch(() => {});
}

export async function notCancellable(id: string, signal: AbortSignal): Promise<string> {
  try {
    JSON.parse(id);
  } catch (error) {
    console.error(error);
  }
  return await load(id, { signal });
}

export async function inFinally(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } finally {
    try {
      await load('end', { signal });
    } catch (error) {
      console.error(error);
    }
  }
}

export async function saidToBeOptional(id: string, signal: AbortSignal): Promise<void> {
  try {
    await load(id, { signal });
  } catch {
    // Best effort: nothing depends on it.
  }
}

/** An abort is all that can end this wait early. */
export async function waitsOnly(emitter: EventEmitter, signal: AbortSignal): Promise<unknown> {
  return await once(emitter, 'ready', { signal }).catch(() => undefined);
}

export async function wantsNoPart(id: string, signal: AbortSignal): Promise<void> {
  await load(id, { signal }).catch(() => {});
}

export async function recordUsage(id: string, signal: AbortSignal): Promise<void> {
  try {
    await load(id, { signal });
  } catch (error) {
    console.error(error);
  }
}

export async function toldIfSomebodyListens(
  id: string,
  signal: AbortSignal,
  onError?: (error: Error) => void,
): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    onError?.(toError(error));
    return '';
  }
}

/** Nobody is left who would take the answer for a success. */
export async function answer(request: Request): Promise<Response> {
  try {
    return new Response(await load(request.url, { signal: request.signal }));
  } catch (error) {
    console.error(error);
    return new Response('failed', { status: 500 });
  }
}

function toError(value: unknown): Error {
  return value instanceof Error ? value : new LoadError(String(value));
}

declare function describe(id: string, options: { readonly signal?: AbortSignal }): { readonly id: string };
declare function rows(options: { readonly signal?: AbortSignal }): AsyncIterable<string>;

/** The signal is only carried somewhere. */
export async function carries(id: string, options: { readonly signal?: AbortSignal }): Promise<unknown> {
  try {
    await load(id);
    return describe(id, options);
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/** The next row does not come. */
export async function rowByRow(signal: AbortSignal): Promise<void> {
  for await (const row of rows({ signal })) {
    try {
      await load(row, { signal });
    } catch (error) {
      console.error(error);
    }
  }
}

/** Gives an empty text where there is none. Never throws. */
export async function textOf(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch {
    return '';
  }
}

export async function removeMarks(id: string, signal: AbortSignal): Promise<void> {
  try {
    await load(id, { signal });
  } catch (error) {
    console.error(error);
  }
}

interface CancellationToken {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): void;
}

interface Provider {
  provide(token: CancellationToken): Promise<string[]>;
}

declare function find(token: CancellationToken): Promise<string[]>;

/** The editor asks the token itself when the answer is there. */
export class Files implements Provider {
  async provide(token: CancellationToken): Promise<string[]> {
    try {
      return await find(token);
    } catch (error) {
      console.error(error);
      return [];
    }
  }
}

declare function mayTryAgain(failure: { readonly error: unknown; readonly attempt: number }): Promise<boolean>;

export async function decides(id: string, signal: AbortSignal): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load(id, { signal });
    } catch (error) {
      if (await mayTryAgain({ error, attempt })) continue;
      throw error;
    }
  }
}

export async function walk(signal: AbortSignal): Promise<void> {
  for await (const row of rows({ signal })) {
    try {
      await load(row, { signal });
    } catch {}
    if (row === 'last') return;
  }
}

/** Only one named failure is dealt with; every other error, with an abort among them, passes. */
export async function othersByText(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    if (!(error as Error)?.message?.startsWith?.('NOSCRIPT')) throw error;
    return load('eval');
  }
}

export async function othersByMessage(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/not found|no such key/i.test(message)) return '';
    throw error;
  }
}

export async function othersByConstant(id: string, signal: AbortSignal): Promise<string> {
  for (let redirections = 0; ; redirections++) {
    try {
      return await load(id, { signal });
    } catch (failure) {
      const error = failure as Error;
      const isRedirect = error.message.startsWith('ASK') || error.message.startsWith('MOVED');
      if (redirections > 16) throw error;
      if (!isRedirect) throw error;
    }
  }
}

export async function othersInHandler(id: string, signal: AbortSignal): Promise<string> {
  return await load(id, { signal }).catch((error: Error) => {
    if (error.message !== 'not found') throw error;
    return '';
  });
}

function getErrorFromUnknown(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error('failed', { cause });
}

/** The error is what the caller gets, made fit for it. */
export async function asResult(id: string, signal: AbortSignal): Promise<Result> {
  try {
    return { ok: true, text: await load(id, { signal }) };
  } catch (cause) {
    return { ok: false, error: getErrorFromUnknown(cause) };
  }
}

// Whoever reads from the stream gets the error, and what becomes of the stream itself does not matter.
export async function toTheReader(id: string, signal: AbortSignal, writable: WritableStream<string>): Promise<void> {
  try {
    await load(id, { signal });
  } catch (error) {
    await writable.abort(wrapError(error)).catch(() => {});
  }
}

function wrapError(error: unknown): Error {
  return new LoadError('failed', { cause: error });
}
