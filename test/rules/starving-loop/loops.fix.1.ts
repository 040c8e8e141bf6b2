import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';

const events = new EventEmitter();
let isDone = false;
events.on('done', () => {
  isDone = true;
});

export async function waitForFlag(): Promise<void> {
  while (!isDone) {
    await setImmediate();
  }
}

export async function waitForFlagShortly(): Promise<void> {
  while (!isDone) await setImmediate();
}

export async function serve(queue: { flush(): void }): Promise<never> {
  for (;;) {
    queue.flush();
    await setImmediate();
  }
}

export class Pump {
  stopped = false;
  rounds = 0;

  async run(): Promise<void> {
    do {
      this.rounds++;
      await this.pause();
      await setImmediate();
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
    await setImmediate();
  }
}

export async function nextTicks(): Promise<void> {
  while (!isDone) await setImmediate();
}

export async function until(end: number): Promise<void> {
  while (Date.now() < end) await setImmediate();
}
