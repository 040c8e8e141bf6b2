import { connect, load } from './lib';

type State = 'idle' | 'opening' | 'open' | 'closed';

export class Channel {
  state: State = 'idle';
  call = '';

  async open(): Promise<void> {
    if (this.state !== 'idle') throw new Error('It is open.');
    this.state = 'opening';
    await connect();
    this.state = 'open';
//  ^^^^^^^^^^ check-then-act overtaken
//  related overtaken.ts:11 "1 writes `this.state`"
//  related overtaken.ts:12 "2 waits here, and other tasks run"
//  related overtaken.ts:22 "3 `close` writes `this.state`"
//  related overtaken.ts:13 "4 writes it without having looked"
  }

  close(): void {
    this.state = 'closed';
  }
}

export class ByHelper {
  #state: State = 'idle';

  get state(): State {
    return this.#state;
  }

  async start(): Promise<void> {
    if (this.#state !== 'idle') return;
    this.#set('opening');
    await load('stream');
    this.#set('open');
//  ^^^^^^^^^ check-then-act overtaken
//  related overtaken.ts:35 "1 writes `this.#state`"
//  related overtaken.ts:36 "2 waits here, and other tasks run"
//  related overtaken.ts:46 "3 `leave` writes `this.#state`"
//  related overtaken.ts:37 "4 writes it without having looked"
  }

  leave(): void {
    this.#set('closed');
  }

  #set(next: State): void {
    this.#state = next;
  }
}

export class Poller {
  isRunning = false;
  stopped = 0;
  #timer: NodeJS.Timeout | undefined;
  #period = 1_000_000;

  start(): void {
    this.isRunning = true;
    void this.poll();
  }

  stop(): void {
    this.isRunning = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get timers(): boolean {
    return this.#timer !== undefined;
  }

  private async poll(): Promise<void> {
    await load('news');
    if (this.isRunning) this.#timer = setTimeout(() => void this.poll(), this.#period);
//                      ^^^^^^^^^^^ check-then-act timer
//                      related overtaken.ts:76 "1 waits here, and other tasks run"
//                      related overtaken.ts:77 "2 another call sets `this.#timer`"
//                      related overtaken.ts:77 "3 sets it once more"
//                      related overtaken.ts:68 "4 only the last one can be stopped here"
  }
}
