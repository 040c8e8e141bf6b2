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
