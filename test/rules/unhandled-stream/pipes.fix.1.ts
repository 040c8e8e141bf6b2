import { createReadStream, createWriteStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';

export function send(path: string, response: ServerResponse): void {
  createReadStream(path).pipe(response);
}

export async function compress(path: string): Promise<void> {
  const source = createReadStream(path);
  source.on('error', (error) => console.error(error));
  await pipeline(source, createGzip().on('error', console.error), createWriteStream(`${path}.gz`));
}

export async function copy(from: string, to: string): Promise<void> {
  const source = createReadStream(from);
  const target = createWriteStream(to);
  target.on('error', (error) => console.error(error));
  await pipeline(source, target);
}

export function upload(request: IncomingMessage, path: string): void {
  request.pipe(createWriteStream(path));
}

export function misread(path: string, response: ServerResponse): void {
  // This listens to the response, not to the file.
  createReadStream(path).pipe(response).on('error', console.error);
}
