export declare function work(text: string): Promise<string>;
export declare function log(text: string): void;

export function parse(text: string): string {
  if (text === '') throw new Error('empty');
  return text;
}

/** A lock of the project's own. */
export class Gate {
  #waiting: (() => void)[] = [];
  #isHeld = false;

  async acquire(): Promise<void> {
    if (this.#isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#waiting.shift()?.();
  }
}

/** Another one, that gives what releases it. */
export class Turnstile {
  async lock(): Promise<() => void> {
    await work('wait');
    return () => log('released');
  }

  unlock(): void {
    log('unlocked');
  }
}
