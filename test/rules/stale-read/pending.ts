import { load, send } from './lib';

export class Api {
  token = 'a';
  #refreshing: Promise<void> | undefined;

  refresh(): Promise<void> {
    this.#refreshing ??= load('b').then((token) => {
      this.token = token;
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async request(): Promise<void> {
    const headers = [`Bearer ${this.token}`];
//                             ^^^^^^^^^^ stale-read pending
//                             related pending.ts:16 "1 reads `this.token`"
//                             related pending.ts:21 "2 waits for `this.#refreshing`"
//                             related pending.ts:9 "3 the work writes `this.token`"
    await this.#refreshing;
    await send(headers);
  }
}
