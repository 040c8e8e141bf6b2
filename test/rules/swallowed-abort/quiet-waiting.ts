import { setTimeout as sleep } from 'node:timers/promises';

/** The loop asks. */
export async function poll(check: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sleep(1000, undefined, { signal });
      if (await check()) return;
    } catch {
      console.log('once more');
    }
  }
}

/** A wait that is cut short by nothing else. */
export async function waited(signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(1000, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** Who calls this made the controller, and knows of its abort. */
export class Search {
  #controller: AbortController | undefined;

  async run(text: string): Promise<string | undefined> {
    this.#controller?.abort();
    this.#controller = new AbortController();
    return await this.#load(text, this.#controller.signal);
  }

  async #load(text: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const response = await fetch(text, { signal });
      return await response.text();
    } catch (error) {
      console.error(error);
      return undefined;
    }
  }
}
