import { load } from './lib';

export class Gate {
  active = 0;
  tries = 0;
  total = 0;
  readonly #most = 1;

  /** Claimed in the turn of the check. */
  async enter(): Promise<boolean> {
    if (this.active >= this.#most) return false;
    this.active++;
    await load('slot');
    return true;
  }

  /** Looked at again. */
  async enterLater(): Promise<boolean> {
    if (this.active >= this.#most) return false;
    await load('slot');
    if (this.active >= this.#most) return false;
    this.active++;
    return true;
  }

  /** Away from the limit: what was taken is given back. */
  async leave(): Promise<void> {
    if (this.active >= this.#most) await load('slot');
    this.active--;
  }

  /** No limit at all. */
  async count(): Promise<void> {
    if (this.total > 10) await load('total');
    await load('one');
    this.total++;
  }
}
