/** The signal is taken from a controller that is made here: nobody else can have aborted it before. */
export function readSoon(input: NodeJS.ReadStream): Promise<string | null> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => controller.abort(), 10);
    input.once('data', (chunk) => {
      clearTimeout(timer);
      resolve(String(chunk));
    });
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}

export function waitFor(run: (stop: () => void) => void): Promise<void> {
  const { signal, ...controller } = new AbortController();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    run(() => void controller);
  });
}
