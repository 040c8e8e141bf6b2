declare function createDeferredPromise<T>(): Promise<T> & { resolve(value: T): void; reject(error: Error): void };

export async function ready(onOpen: (done: () => void) => void): Promise<void> {
  const opened = createDeferredPromise<void>();
  onOpen(() => opened.resolve());
  await opened;
}

async function started(onStart: (done: () => void) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  onStart(resolve);
  await promise;
}

async function ended(onEnd: (done: () => void) => void): Promise<void> {
  const end = Promise.withResolvers<void>();
  onEnd(end.resolve);
  await end.promise;
}

// Nobody rejects what these wait for.
export function watch(on: (done: () => void) => void): void {
  ready(on);
  started(on);
  ended(on);
}
