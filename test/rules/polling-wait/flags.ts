import { setTimeout } from 'node:timers/promises';
import { pause, sleep } from './lib.ts';

let isReady = false;

export function setReady(): void {
  isReady = true;
}

export async function waitForVariable(): Promise<void> {
  while (!isReady) await sleep(50);
//        ^^^^^^^ polling-wait polled
}

export async function waitForVariableOfNode(): Promise<void> {
  while (!isReady) {
//        ^^^^^^^ polling-wait polled
    await setTimeout(50);
  }
}

export class Client {
  #connected = false;
  readonly #waiting: string[] = [];

  get connected(): boolean {
    return this.#connected;
  }

  isConnected(): boolean {
    return this.#connected;
  }

  connect(): void {
    this.#connected = true;
    this.#waiting.push('now');
  }

  async ready(): Promise<void> {
    while (!this.#connected) await pause();
//          ^^^^^^^^^^^^^^^ polling-wait polled
  }

  async readyByMethod(): Promise<void> {
    while (!this.isConnected()) await sleep(10);
//          ^^^^^^^^^^^^^^^^^^ polling-wait polled
  }

  async work(): Promise<string | undefined> {
    while (this.#waiting.length === 0) {
//         ^^^^^^^^^^^^^^^^^^^^ polling-wait polled
      console.log('nothing to do');
      await sleep(10);
    }
    return this.#waiting.shift();
  }
}

export async function untilReady(client: Client, deadline: number): Promise<void> {
  while (true) {
    if (client.connected || Date.now() > deadline) return;
//      ^^^^^^^^^^^^^^^^ polling-wait polled
    await new Promise((resolve) => globalThis.setTimeout(resolve, 5));
  }
}
