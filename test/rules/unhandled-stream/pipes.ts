import { createReadStream, createWriteStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';

export function send(path: string, response: ServerResponse): void {
  createReadStream(path).pipe(response);
//                       ^^^^ unhandled-stream pipe
}

export async function compress(path: string): Promise<void> {
  const source = createReadStream(path);
  source.on('error', (error) => console.error(error));
  source.pipe(createGzip().on('error', console.error)).pipe(createWriteStream(`${path}.gz`));
//                                                     ^^^^ unhandled-stream pipe
}

export async function copy(from: string, to: string): Promise<void> {
  const source = createReadStream(from);
  const target = createWriteStream(to);
  target.on('error', (error) => console.error(error));
  source.pipe(target);
//       ^^^^ unhandled-stream pipe
}

export function upload(request: IncomingMessage, path: string): void {
  request.pipe(createWriteStream(path));
//        ^^^^ unhandled-stream pipe
}

export function misread(path: string, response: ServerResponse): void {
  // This listens to the response, not to the file.
  createReadStream(path).pipe(response).on('error', console.error);
//                       ^^^^ unhandled-stream pipe
}
