export async function drain(next: () => Promise<string | undefined>, closed: Promise<void>): Promise<void> {
  for (;;) {
    const item = await Promise.race([next(), closed]);
//                                           ^^^^^^ race-loser loop
    if (item === undefined) return;
  }
}

export class Reader {
  readonly #ended: Promise<void>;
  #isOpen = true;
  constructor(ended: Promise<void>, private readonly next: () => Promise<string>) {
    this.#ended = ended;
  }
  async run(): Promise<void> {
    while (this.#isOpen) {
      await Promise.race([this.next(), this.#ended.then(() => undefined)]);
//                                     ^^^^^^^^^^^ race-loser loop
    }
  }
  close(): void {
    this.#isOpen = false;
  }
}
