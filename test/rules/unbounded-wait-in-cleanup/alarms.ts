import { type EventEmitter, once } from 'node:events';

declare function work(): Promise<void>;
declare function drain(): Promise<void>;

export async function run(background: Promise<void>, worker: EventEmitter): Promise<void> {
  try {
    await work();
  } finally {
    await background;
//  ^^^^^ unbounded-wait-in-cleanup inFinally
    await once(worker, 'exit');
//  ^^^^^ unbounded-wait-in-cleanup inFinally
    await new Promise<void>((resolve) => {
//  ^^^^^ unbounded-wait-in-cleanup inFinally
      worker.once('closed', () => resolve());
    });
  }
}

process.once('SIGTERM', async () => {
  await drain().catch(() => undefined);
//^^^^^ unbounded-wait-in-cleanup inShutdown
  process.exit(0);
});
