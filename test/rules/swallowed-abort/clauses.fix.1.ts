import { getErrorMessage, LoadError, load, logger, sleep, type LoadOptions } from './lib';

export async function empty(url: string, signal: AbortSignal): Promise<void> {
  try {
    await fetch(url, { signal });
  } catch {
    if (signal.aborted) throw signal.reason;
  }
}

export async function logged(url: string, signal: AbortSignal): Promise<Response | undefined> {
  try {
    return await fetch(url, { signal });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    logger.warn('failed', error);
    return undefined;
  }
}

export async function result(id: string, signal: AbortSignal) {
  try {
    return { text: await load(id, { signal }), failed: false };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const message = `Cannot load: ${getErrorMessage(error)}`;
    logger.warn(message, error);
    return { text: message, failed: true, error: { message } };
  }
}

export async function options(id: string, options: LoadOptions): Promise<string> {
  try {
    return await load(id, options);
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    console.error(error);
    return '';
  }
}

export async function optionalSignal(id: string, signal?: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    console.error(error);
    return '';
  }
}

export async function oneBranch(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof LoadError) throw error;
    return '';
  }
}

export async function elements(ids: readonly string[], signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  for (const id of ids) {
    try {
      found.push(await load(id, { signal }));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      console.error(id, error);
    }
  }
  return found;
}

export class Loader {
  constructor(private readonly signal: AbortSignal) {}

  async all(): Promise<string> {
    try {
      return await this.one('1');
    } catch (error) {
      if (this.signal.aborted) throw this.signal.reason;
      console.error(error);
      return '';
    }
  }

  private async one(id: string): Promise<string> {
    return await load(id, { signal: this.signal });
  }
}

export async function checked(signal: AbortSignal): Promise<string> {
  try {
    signal.throwIfAborted();
    await sleep(10);
    return 'done';
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    console.error(error);
    return 'failed';
  }
}

export async function maybe(url: string, signal?: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: signal ?? null });
    return await response.text();
  } catch {
    if (signal?.aborted) throw signal.reason;
    return null;
  }
}
