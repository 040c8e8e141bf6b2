import { once } from 'node:events';

export async function pause(ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {}
//^^^^^ blocking-sleep spin
  setTimeout(() => {}, 1);
  await once(process, 'exit');
}

export async function settle(port: { open(): Promise<void> }, ms: number): Promise<void> {
  await port.open();
  const start = process.hrtime.bigint();
  while (process.hrtime.bigint() - start < BigInt(ms) * 1_000_000n);
//^^^^^ blocking-sleep spin
}
