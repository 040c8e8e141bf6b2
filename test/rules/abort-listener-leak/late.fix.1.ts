export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.throwIfAborted();
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(new Error('aborted'));
      },
      { once: true },
    );
  });
}

export function waitIfAny(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

export function waitByHelper(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    const stop = (): void => fail(new Error('aborted'));
    signal.throwIfAborted();
    signal.addEventListener('abort', stop, { once: true });
  });
}
