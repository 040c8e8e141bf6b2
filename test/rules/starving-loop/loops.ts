import { EventEmitter } from 'node:events';

const events = new EventEmitter();
let isDone = false;
events.on('done', () => {
  isDone = true;
});

export async function waitForFlag(): Promise<void> {
  while (!isDone) {
    await Promise.resolve();
//  ^^^^^ starving-loop flag
  }
}

export async function waitForFlagShortly(): Promise<void> {
  while (!isDone) await null;
//                ^^^^^ starving-loop flag
}

export async function serve(queue: { flush(): void }): Promise<never> {
  for (;;) {
    queue.flush();
    await undefined;
//  ^^^^^ starving-loop endless
  }
}

export class Pump {
  stopped = false;
  rounds = 0;

  async run(): Promise<void> {
    do {
      this.rounds++;
      await this.pause();
//    ^^^^^ starving-loop flag
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
    await new Promise<void>((resolve) => resolve());
//  ^^^^^ starving-loop flag
  }
}

export async function nextTicks(): Promise<void> {
  while (!isDone) await new Promise<void>((resolve) => process.nextTick(resolve));
//                ^^^^^ starving-loop flag
}

export async function until(end: number): Promise<void> {
  while (Date.now() < end) await Promise.resolve();
//                         ^^^^^ starving-loop clock
}
