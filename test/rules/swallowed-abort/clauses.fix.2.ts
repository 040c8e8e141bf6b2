import { getErrorMessage, LoadError, load, logger, sleep, type LoadOptions } from './lib';

export async function empty(url: string, signal: AbortSignal): Promise<void> {
  try {
    await fetch(url, { signal });
  } catch {
    signal.throwIfAborted();
  }
}

export async function logged(url: string, signal: AbortSignal): Promise<Response | undefined> {
  try {
    return await fetch(url, { signal });
  } catch (error) {
    signal.throwIfAborted();
    logger.warn('failed', error);
    return undefined;
  }
}

export async function result(id: string, signal: AbortSignal) {
  try {
    return { text: await load(id, { signal }), failed: false };
  } catch (error) {
    signal.throwIfAborted();
    const message = `Cannot load: ${getErrorMessage(error)}`;
    logger.warn(message, error);
    return { text: message, failed: true, error: { message } };
  }
}

export async function options(id: string, options: LoadOptions): Promise<string> {
  try {
    return await load(id, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    console.error(error);
    return '';
  }
}

export async function optionalSignal(id: string, signal?: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    console.error(error);
    return '';
  }
}

export async function oneBranch(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await load(id, { signal });
  } catch (error) {
    signal.throwIfAborted();
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
      signal.throwIfAborted();
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
      this.signal.throwIfAborted();
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
    signal.throwIfAborted();
    console.error(error);
    return 'failed';
  }
}

export async function maybe(url: string, signal?: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: signal ?? null });
    return await response.text();
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}
