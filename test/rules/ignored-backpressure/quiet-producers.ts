import { createReadStream, createWriteStream } from 'node:fs';

export function copy(from: string, to: string): void {
  const input = createReadStream(from);
  const output = createWriteStream(to);
  input.on('error', console.error);
  output.on('error', console.error);
  input.on('data', (chunk) => {
    if (!output.write(chunk)) input.pause();
  });
  output.on('drain', () => input.resume());
}

// Nobody takes from it: all of it is meant.
export class Collected {
  readonly lines: string[] = [];

  async run(source: AsyncIterable<string>): Promise<void> {
    for await (const line of source) this.lines.push(line);
  }
}

// It waits while the queue is long.
export class Bounded {
  #queue: string[] = [];

  async run(source: AsyncIterable<string>, room: () => Promise<void>): Promise<void> {
    for await (const line of source) {
      this.#queue.push(line);
      await room();
    }
  }

  take(): string | undefined {
    return this.#queue.shift();
  }
}
