import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export async function pause(ms: number): Promise<void> {
  const end = Date.now() + ms;
  await sleep(end - Date.now());
  setTimeout(() => {}, 1);
  await once(process, 'exit');
}

export async function settle(port: { open(): Promise<void> }, ms: number): Promise<void> {
  await port.open();
  const start = process.hrtime.bigint();
  while (process.hrtime.bigint() - start < BigInt(ms) * 1_000_000n);
}
