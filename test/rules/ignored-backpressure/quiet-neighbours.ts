import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

export async function drains(lines: AsyncIterable<string>): Promise<void> {
  const out = createWriteStream('out.txt');
  for await (const line of lines) {
    if (!out.write(line)) await once(out, 'drain');
  }
}

export function inMemory(lines: readonly string[]): void {
  const out = createWriteStream('out.txt');
  for (const line of lines) out.write(line);
}

export async function once_(text: Promise<string>): Promise<void> {
  const out = createWriteStream('out.txt');
  out.write(await text);
}

export async function terminal(lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) {
    process.stdout.write(line);
  }
}

export async function notAStream(lines: AsyncIterable<string>, log: { write(line: string): void }): Promise<void> {
  for await (const line of lines) {
    log.write(line);
  }
}
