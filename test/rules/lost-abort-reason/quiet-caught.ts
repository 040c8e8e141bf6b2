/** A deadline of one's own deserves words of its own. */
export async function ownDeadline(url: string, signal: AbortSignal): Promise<Response> {
  const deadline = AbortSignal.timeout(1000);
  try {
    return await fetch(url, { signal: AbortSignal.any([signal, deadline]) });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw new Error('No answer within a second');
    throw error;
  }
}

/** No signal from outside. */
export async function own(load: () => Promise<string>): Promise<string> {
  try {
    return await load();
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw new Error('The request was cancelled');
    throw error;
  }
}

export async function withCause(url: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw new Error('The request was cancelled', { cause: error });
    throw error;
  }
}

export function onSuccess(signal: AbortSignal, done: (value: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else resolve('');
    done('');
  });
}
