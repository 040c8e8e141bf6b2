export async function builtIn(url: string): Promise<Response> {
  return await fetch(url, { signal: AbortSignal.timeout(1000) });
}

/** Somebody else aborts too. */
export async function twoReasons(url: string, button: EventTarget): Promise<Response> {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1000);
  button.addEventListener('click', () => controller.abort());
  return await fetch(url, { signal: controller.signal });
}

/** A deadline that is moved with every piece that arrives. */
export async function rearmed(url: string): Promise<string> {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), 1000);
  const response = await fetch(url, { signal: controller.signal });
  clearTimeout(timer);
  timer = setTimeout(() => controller.abort(), 1000);
  const text = await response.text();
  clearTimeout(timer);
  return text;
}

export function handedOut(ms: number): AbortController {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller;
}

export function otherWork(ms: number, work: () => void): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => {
    work();
    controller.abort();
  }, ms);
  return controller.signal;
}

export class Session {
  private readonly controller = new AbortController();

  start(ms: number): void {
    setTimeout(() => this.controller.abort(), ms);
  }
}

export async function ownReason(url: string): Promise<Response> {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('The user has left')), 1000);
  return await fetch(url, { signal: controller.signal });
}

/** For platforms without it. */
export function timeoutSignal(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}
