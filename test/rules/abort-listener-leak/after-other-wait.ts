interface Source {
  ready(): Promise<void>;
  once(event: 'change', listener: () => void): void;
}

// What was waited for before knows nothing of the signal.
export async function changed(source: Source, signal: AbortSignal): Promise<void> {
  await source.ready();
  await new Promise<void>((resolve, reject) => {
    source.once('change', resolve);
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
//         ^^^^^^^^^^^^^^^^ abort-listener-leak unchecked
  });
}
