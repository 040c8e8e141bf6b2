export function returned(url: string, { signal }: { readonly signal?: AbortSignal }): Promise<Response> {
  if (signal?.aborted) return Promise.reject(new Error('The operation was aborted'));
//                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-abort-reason rejected
  return fetch(url, { ...(signal && { signal }) });
}

export function inExecutor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Error('Aborted'));
//           ^^^^^^^^^^^^^^^^^^^^ lost-abort-reason rejected
      return;
    }
    setTimeout(resolve, ms);
  });
}

export function named(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new Error('cancelled'));
//           ^^^^^^^^^^^^^^^^^^^^^^ lost-abort-reason rejected
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

export async function caught(url: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal });
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') console.log('aborted');
    if ((error as Error).name === 'AbortError') throw new Error('The request was cancelled');
//                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-abort-reason thrown
    throw error;
  }
}

export function assigned(request: { abort(): void }, signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.throwIfAborted();
    signal.onabort = () => {
      request.abort();
      reject(new Error('aborted'));
//           ^^^^^^^^^^^^^^^^^^^^ lost-abort-reason rejected
    };
  });
}

export function conditional(signal: AbortSignal): Promise<never> | undefined {
  return signal.aborted ? Promise.reject(new Error('aborted')) : undefined;
//                                       ^^^^^^^^^^^^^^^^^^^^ lost-abort-reason rejected
}
