export function thrown(signal: AbortSignal): void {
  if (signal.aborted) throw new Error('Aborted', { cause: signal.reason });
}

export function inBlock(options: { readonly signal?: AbortSignal }): void {
  if (options.signal?.aborted) {
    console.log('stopping');
    throw new Error('Aborted', { cause: options.signal.reason });
  }
}

export function withoutMessage(signal: AbortSignal): void {
  if (signal.aborted) throw new Error();
}

export function rejected(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return;
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(new Error('aborted', { cause: signal.reason })), { once: true });
  });
}
