export async function linked(url: string, signal: AbortSignal): Promise<Response> {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort());
  return await fetch(url, { signal: controller.signal });
}

export function optional(work: () => void, options: { readonly signal?: AbortSignal }): void {
  options.signal?.addEventListener('abort', work, { once: true });
}

export function captured(work: () => void, signal: AbortSignal): void {
  signal.addEventListener('abort', work, { once: true });
}

export function withOptions(work: () => void, signal: AbortSignal): void {
  signal.addEventListener('abort', work, { passive: true, once: true });
}

export class Job {
  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.stop(), { once: true });
  }

  stop(): void {
    console.log('stopped');
  }
}
