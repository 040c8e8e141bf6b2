import { type EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

declare function work(): Promise<void>;
declare function drain(): Promise<void>;
declare const handle: { close(): Promise<void> };

export async function run(background: Promise<void>, worker: EventEmitter): Promise<void> {
  try {
    await work();
    await background;
  } finally {
    await handle.close();
    await Promise.race([background, sleep(1000, undefined, { ref: false })]);
    await once(worker, 'exit', { signal: AbortSignal.timeout(1000) });
    await null;
  }
}

process.once('SIGINT', async () => {
  setTimeout(() => process.exit(1), 5000).unref();
  await drain().catch(() => undefined);
  process.exit(0);
});
