import { load } from './lib';

export class Api {
  token = 'a';
  #refreshing: Promise<void> | undefined;
  readonly #deliver: (headers: readonly string[]) => void;

  constructor(deliver: (headers: readonly string[]) => void) {
    this.#deliver = deliver;
  }

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
//                             related pending.ts:21 "1 reads `this.token`"
//                             related pending.ts:26 "2 waits for `this.#refreshing`"
//                             related pending.ts:14 "3 the work writes `this.token`"
    await this.#refreshing;
    this.#deliver(headers);
  }
}
