import { createReadStream, createWriteStream } from 'node:fs';

export function copy(from: string, to: string): void {
  const input = createReadStream(from);
  const output = createWriteStream(to);
  input.on('error', console.error);
  output.on('error', console.error);
  input.on('data', (chunk) => output.write(chunk));
//                                   ^^^^^ ignored-backpressure unheard
  input.on('end', () => output.end());
}

export class Ingest {
  private pending: string[] = [];

  async run(source: AsyncIterable<string>): Promise<void> {
    for await (const line of source) this.pending.push(line);
//                                                ^^^^ ignored-backpressure queue
  }

  take(): string | undefined {
    return this.pending.shift();
  }
}
