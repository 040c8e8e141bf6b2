let isConnected = false;
export const connection = {
  open(): void {
    isConnected = true;
  },
};

// Nobody can add a task while the loop has none.
export class Queue {
  readonly #tasks: (() => void)[] = [];
  #isStopped = false;

  add(task: () => void): void {
    this.#tasks.push(task);
  }

  stop(): void {
    this.#isStopped = true;
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      this.#tasks.shift()?.();
      await Promise.resolve();
//    ^^^^^ starving-loop flag
    }
  }
}

const pause = async (): Promise<void> => {};

export async function consume(inbox: string[], handle: (item: string) => void, isClosed: () => boolean): Promise<void> {
  for (;;) {
    const item = inbox.shift();
    if (item !== undefined) handle(item);
    else if (isClosed()) return;
    else await pause();
//       ^^^^^ starving-loop flag
  }
}

export async function waitUntil(predicate: () => boolean): Promise<void> {
  while (!predicate()) await null;
//                     ^^^^^ starving-loop flag
}

function isReady(): boolean {
  return isConnected;
}

export async function ready(): Promise<void> {
  while (!isReady()) await Promise.resolve();
//                   ^^^^^ starving-loop flag
}
