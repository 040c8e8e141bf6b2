export class Scopes {
  readonly #open: string[] = [];
  #closed = 0;

  async closeAll(): Promise<void> {
    while (this.#open.length > 0) {
      await this.#closeOne();
    }
  }

  async #closeOne(): Promise<void> {
    this.#open.pop();
    this.#closed++;
  }
}
