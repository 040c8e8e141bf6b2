import { EventEmitter } from 'node:events';
import { scheduler } from 'node:timers/promises';

const events = new EventEmitter();
let isDone = false;
events.on('done', () => {
  isDone = true;
});

export async function waitForFlag(): Promise<void> {
  while (!isDone) {
    await scheduler.yield();
  }
}

export async function waitForFlagShortly(): Promise<void> {
  while (!isDone) await scheduler.yield();
}

export async function serve(queue: { flush(): void }): Promise<never> {
  for (;;) {
    queue.flush();
    await scheduler.yield();
  }
}

export class Pump {
  stopped = false;
  rounds = 0;

  async run(): Promise<void> {
    do {
      this.rounds++;
      await this.pause();
      await scheduler.yield();
    } while (!this.stopped);
  }

  /** It looks asynchronous, and lets nothing but promises run. */
  private async pause(): Promise<void> {
    if (this.rounds % 2 === 0) await Promise.resolve();
  }
}

export async function leaveByBreak(state: { ready: boolean }): Promise<void> {
  while (true) {
    if (state.ready) break;
    await scheduler.yield();
  }
}

export async function nextTicks(): Promise<void> {
  while (!isDone) await scheduler.yield();
}

export async function until(end: number): Promise<void> {
  while (Date.now() < end) await scheduler.yield();
}
