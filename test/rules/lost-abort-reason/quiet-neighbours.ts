export class AbortError extends Error {
  override readonly name = 'AbortError';
}

export function reason(signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason;
}

export function withCause(signal: AbortSignal): void {
  if (signal.aborted) throw new Error('Aborted', { cause: signal.reason });
}

export function ownKind(signal: AbortSignal): void {
  if (signal.aborted) throw new AbortError('Aborted');
}

export function standardKind(signal: AbortSignal): void {
  if (signal.aborted) throw new DOMException('Aborted', 'AbortError');
}

export function otherBranch(signal: AbortSignal, text: string): void {
  if (!signal.aborted) throw new Error(text);
}

export function eitherOf(signal: AbortSignal, text: string): void {
  if (text === '' || signal.aborted) throw new Error('Nothing to do');
}

export function otherFlag(state: { readonly aborted: boolean }): void {
  if (state.aborted) throw new Error('The transaction was rolled back');
}

export function listening(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Whoever made the controller knows what its abort means. */
export function deadline(controller: AbortController): void {
  if (controller.signal.aborted) throw new Error('It took longer than a minute');
}
