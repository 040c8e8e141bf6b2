export async function dropped(url: string): Promise<Response> {
  return await fetch(url, { signal: AbortSignal.timeout(1000) });
}

export async function cleared(url: string, ms: number): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ms) });
  return response;
}

export async function inFinally(url: string): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1000);
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}

export async function linked(url: string, signal: AbortSignal): Promise<Response> {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort(), { once: true });
  return await fetch(url, { signal: controller.signal });
}
