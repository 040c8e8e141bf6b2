export async function both(url: string): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}

export function handedOut(): AbortController {
  const controller = new AbortController();
  return controller;
}

export function inObject(url: string): { readonly controller: AbortController; readonly response: Promise<Response> } {
  const controller = new AbortController();
  return { controller, response: fetch(url, { signal: controller.signal }) };
}

export function destructured(): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  signal.addEventListener('abort', () => console.log('aborted'), { once: true });
  return () => controller.abort();
}

export const exported = new AbortController();
