export function thrown(signal: AbortSignal): void {
  if (signal.aborted) throw new Error('Aborted');
//                          ^^^^^^^^^^^^^^^^^^^^ lost-abort-reason thrown
}

export function inBlock(options: { readonly signal?: AbortSignal }): void {
  if (options.signal?.aborted) {
    console.log('stopping');
    throw new Error('Aborted');
//        ^^^^^^^^^^^^^^^^^^^^ lost-abort-reason thrown
  }
}

export function withoutMessage(signal: AbortSignal): void {
  if (signal.aborted) throw new Error();
//                          ^^^^^^^^^^^ lost-abort-reason thrown
}

export function rejected(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return;
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
//                                                ^^^^^^^^^^^^^^^^^^^^ lost-abort-reason rejected
  });
}
