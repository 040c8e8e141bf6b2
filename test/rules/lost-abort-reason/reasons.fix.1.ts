export function thrown(signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason;
}

export function inBlock(options: { readonly signal?: AbortSignal }): void {
  if (options.signal?.aborted) {
    console.log('stopping');
    throw options.signal.reason;
  }
}

export function withoutMessage(signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason;
}

export function rejected(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return;
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
