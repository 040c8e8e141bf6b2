export async function limited(url: string): Promise<string> {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 5000);
//^^^^^^^^^^ uncleared-timer abort
// related aborts.ts:6 "the work that it watches over"
  const response = await fetch(url, { signal: controller.signal });
  return response.text();
}

export async function limitedByVariable(url: string): Promise<number> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
//              ^^^^^^^^^^ uncleared-timer abort
//              related aborts.ts:17 "the work that it watches over"
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
