export async function inFinally(signal: AbortSignal, work: () => Promise<string>): Promise<string> {
  const stop = (): void => console.log('stopping');
  signal.addEventListener('abort', stop);
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export async function onBothWays(signal: AbortSignal, work: () => Promise<string>): Promise<string> {
  const stop = (): void => console.log('stopping');
  signal.addEventListener('abort', stop);
  try {
    const result = await work();
    signal.removeEventListener('abort', stop);
    return result;
  } catch (error) {
    signal.removeEventListener('abort', stop);
    throw error;
  }
}

export function later(signal: AbortSignal, target: EventTarget): void {
  const stop = (): void => console.log('stopping');
  signal.addEventListener('abort', stop);
  target.addEventListener('done', () => signal.removeEventListener('abort', stop), { once: true });
}

export function child(parent: AbortSignal): AbortController {
  const controller = new AbortController();
  if (parent.aborted) controller.abort(parent.reason);
  parent.addEventListener('abort', () => controller.abort(parent.reason), { once: true });
  return controller;
}
