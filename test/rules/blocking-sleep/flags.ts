let isReady = false;

export function whenReady(): void {
  setTimeout(() => {
    isReady = true;
  }, 10);
  while (!isReady) {}
//        ^^^^^^^ blocking-sleep stuck
}

export class Door {
  open = false;
  count = 0;

  pass(limit: number): void {
    while (this.open === false);
//         ^^^^^^^^^ blocking-sleep stuck
    do {
      // Waits for the others.
    } while (this.count < limit && !this.open);
//           ^^^^^^^^^^ blocking-sleep stuck
  }
}

export class Turnstile {
  #isHeld = false;

  async run(work: () => Promise<void>): Promise<void> {
    while (this.#isHeld) {
//         ^^^^^^^^^^^^ blocking-sleep stuck
      continue;
    }
    this.#isHeld = true;
    try {
      await work();
    } finally {
      this.#isHeld = false;
    }
  }
}
