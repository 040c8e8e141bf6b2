// The search is stopped, and the request goes on.
export async function search(text: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(`https://example.org/search?q=${text}`);
  signal.throwIfAborted();
  return await response.text();
}

// After Ctrl-C it tries again, and again.
export async function persistent(url: string, signal: AbortSignal): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url, { signal });
    } catch (error) {
      console.error('trying again', error);
    }
  }
}

// A signal that is aborted already is never heard.
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
