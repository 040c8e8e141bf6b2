export function once(work: () => void, signal: AbortSignal): void {
  signal.addEventListener('abort', work, { once: true });
}

export async function removed(url: string, signal: AbortSignal): Promise<Response> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  signal.addEventListener('abort', stop);
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export function bySignal(work: () => void, signal: AbortSignal, end: AbortSignal): void {
  signal.addEventListener('abort', work, { signal: end });
}

export function ownController(work: () => void): AbortController {
  const controller = new AbortController();
  controller.signal.addEventListener('abort', work);
  return controller;
}

export function combination(work: () => void, signal: AbortSignal): AbortSignal {
  const both = AbortSignal.any([signal, AbortSignal.timeout(1000)]);
  both.addEventListener('abort', work);
  return both;
}

export function checkedFirst(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

export function checkedOutside(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

export function otherEvent(work: () => void, target: EventTarget): void {
  target.addEventListener('click', work);
}

export function otherTarget(work: () => void, request: XMLHttpRequest): void {
  request.addEventListener('abort', work);
}

const shutdown = new AbortController();
shutdown.signal.addEventListener('abort', () => console.log('the program ends'));

declare function onRequest(handler: (id: string, context: { readonly signal: AbortSignal }) => Promise<void>): void;

/** The signal is made for this one call. */
onRequest(async (id, { signal }) => {
  signal.addEventListener('abort', () => console.log(id));
});

/** A request takes its listeners with it. */
export function whenClosed(request: Request, work: () => void): void {
  request.signal.addEventListener('abort', work);
}

declare function lease(ms: number): AbortSignal;

/** Made by a call: it ends with what it is for. */
export function leased(work: () => void): void {
  const reservation = { signal: lease(1000) };
  reservation.signal.addEventListener('abort', work);
}

/** Signal, listener and object are there for the same time. */
export class Follower {
  readonly #options: { readonly signal: AbortSignal };
  #isRunning = true;

  constructor(options: { readonly signal: AbortSignal }) {
    this.#options = options;
  }

  follow(): boolean {
    this.#options.signal.addEventListener('abort', () => this.#stop());
    return this.#isRunning;
  }

  #stop(): void {
    this.#isRunning = false;
  }
}
