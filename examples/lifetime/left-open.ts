import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';

// When the read fails, the line that closes the file is never reached.
export async function firstLine(path: string): Promise<string> {
  const handle = await open(path);
  const text = await handle.readFile('utf8');
  await handle.close();
  return text.split('\n')[0] ?? '';
}

// A file that is missing ends the process.
export function send(path: string, response: ServerResponse) {
  createReadStream(path).pipe(response);
}

// The timer runs on for half a minute after every answer.
export async function withDeadline<T>(work: Promise<T>): Promise<T> {
  return await Promise.race([
    work,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too late')), 30_000)),
  ]);
}

// Every job adds a listener to the process, and none is removed.
export async function perform(job: string, work: () => Promise<void>) {
  process.on('SIGTERM', () => console.log(`stopped in ${job}`));
  await work();
}
