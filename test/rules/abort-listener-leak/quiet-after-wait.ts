interface Source {
  ready(options?: { readonly signal?: AbortSignal }): Promise<void>;
  once(event: 'change', listener: () => void): void;
}

/** What was waited for before has thrown if the signal is aborted. */
export async function changed(source: Source, options?: { readonly signal?: AbortSignal }): Promise<void> {
  await source.ready(options);
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(options?.signal?.reason);
    source.once('change', () => {
      options?.signal?.removeEventListener('abort', stop);
      resolve();
    });
    options?.signal?.addEventListener('abort', stop);
  });
}

export async function changedUnder(source: Source, signal: AbortSignal): Promise<void> {
  await source.ready({ signal });
  await new Promise<void>((resolve, reject) => {
    source.once('change', resolve);
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

/** A listener that only tidies up ends no wait: who waits is told by the timeout. */
export function waitFor(waiting: Set<() => void>, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const entry = (): void => resolve();
    waiting.add(entry);
    const remove = (): void => {
      signal?.removeEventListener('abort', remove);
      waiting.delete(entry);
    };
    setTimeout(() => {
      remove();
      reject(new Error('too late'));
    }, ms);
    signal?.addEventListener('abort', remove);
  });
}
