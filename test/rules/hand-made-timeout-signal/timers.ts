export async function dropped(url: string): Promise<Response> {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1000);
//^^^^^^^^^^ hand-made-timeout-signal timeout
  return await fetch(url, { signal: controller.signal });
}

export async function cleared(url: string, ms: number): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
//              ^^^^^^^^^^ hand-made-timeout-signal timeout
    controller.abort();
  }, ms);
  const response = await fetch(url, { signal: controller.signal });
  clearTimeout(timer);
  return response;
}

export async function inFinally(url: string): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
//              ^^^^^^^^^^ hand-made-timeout-signal timeout
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}

export async function linked(url: string, signal: AbortSignal): Promise<Response> {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort(), { once: true });
//       ^^^^^^^^^^^^^^^^ hand-made-timeout-signal linked
  return await fetch(url, { signal: controller.signal });
}
