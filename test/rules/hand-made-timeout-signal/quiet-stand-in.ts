/** The platform's own is taken where it is there. */
export function after(ms: number): AbortSignal {
  if ('timeout' in AbortSignal) return AbortSignal.timeout(ms);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

export class TimeoutError extends Error {}

/** Callers ask for its class. */
export async function own(work: (signal: AbortSignal) => Promise<string>, ms: number): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new TimeoutError('slow')), ms);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
