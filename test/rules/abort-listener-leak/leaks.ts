export async function linked(url: string, signal: AbortSignal): Promise<Response> {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort());
//       ^^^^^^^^^^^^^^^^ abort-listener-leak link
  return await fetch(url, { signal: controller.signal });
}

export function optional(work: () => void, options: { readonly signal?: AbortSignal }): void {
  options.signal?.addEventListener('abort', work);
//                ^^^^^^^^^^^^^^^^ abort-listener-leak leak
}

export function captured(work: () => void, signal: AbortSignal): void {
  signal.addEventListener('abort', work, false);
//       ^^^^^^^^^^^^^^^^ abort-listener-leak leak
}

export function withOptions(work: () => void, signal: AbortSignal): void {
  signal.addEventListener('abort', work, { passive: true });
//       ^^^^^^^^^^^^^^^^ abort-listener-leak leak
}

export class Job {
  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.stop());
//         ^^^^^^^^^^^^^^^^ abort-listener-leak leak
  }

  stop(): void {
    console.log('stopped');
  }
}
