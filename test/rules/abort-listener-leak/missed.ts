export async function run(signal: AbortSignal, work: () => Promise<string>): Promise<string> {
  const stop = (): void => console.log('stopping');
  signal.addEventListener('abort', stop);
//       ^^^^^^^^^^^^^^^^ abort-listener-leak missed
//       related missed.ts:6 "when this rejects"
  const result = await work();
  signal.removeEventListener('abort', stop);
  return result;
}

export async function once(signal: AbortSignal, work: () => Promise<string>): Promise<string> {
  const stop = (): void => console.log('stopping');
  signal.addEventListener('abort', stop, { once: true });
//       ^^^^^^^^^^^^^^^^ abort-listener-leak missed
//       related missed.ts:16 "when this rejects"
  const result = await work();
  signal.removeEventListener('abort', stop);
  return result;
}

/** A parent that is aborted already never aborts the child. */
export function child(parent: AbortSignal): AbortController {
  const controller = new AbortController();
  parent.addEventListener('abort', () => controller.abort(parent.reason), { once: true });
//       ^^^^^^^^^^^^^^^^ abort-listener-leak unlinked
  return controller;
}
