export async function limited(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  return response.text();
}

export async function limitedByVariable(url: string): Promise<number> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Error('too late'));
  }, 5000);
  const response = await fetch(url, { signal: controller.signal });
  console.log(typeof timer);
  return response.status;
}

// The signal goes to the caller, whose work may go on.
export function deadline(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}
