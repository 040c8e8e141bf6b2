export async function run(signal: AbortSignal, work: () => Promise<string>): Promise<string> {
  const stop = (): void => console.log('stopping');
  signal.addEventListener('abort', stop);
//       ^^^^^^^^^^^^^^^^ abort-listener-leak missed
//       related missed.ts:6 "when this rejects"
  const result = await work();
  signal.removeEventListener('abort', stop);
  return result;
}
