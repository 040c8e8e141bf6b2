/** It runs for as long as others want it to, whatever it does in its rounds. */
export class Player {
  playing = false;
  #position = 0;
  readonly #show: (frame: number) => void;

  constructor(show: (frame: number) => void) {
    this.#show = show;
  }

  stop(): void {
    this.playing = false;
  }

  async play(): Promise<void> {
    this.playing = true;
    while (this.playing) {
      this.#show(this.#position++);
      await null;
//    ^^^^^ starving-loop flag
    }
  }
}

export function createPump(source: { take(): number | undefined }, sink: (item: number) => void) {
  let open = true;
  const turn = () => {
    const item = source.take();
    if (item !== undefined) sink(item);
    if (open) process.nextTick(turn);
//                    ^^^^^^^^ starving-loop recursionForFlag
  };
  return {
    start: () => turn(),
    close: () => {
      open = false;
    },
  };
}

/** What the loop calls brings its end about. */
export class Fixer {
  done = false;

  finish(): void {
    this.done = true;
  }

  step(): void {
    if (Math.random() > 0.9) this.finish();
  }

  async all(): Promise<void> {
    while (!this.done) {
      this.step();
      await Promise.resolve();
    }
  }
}
