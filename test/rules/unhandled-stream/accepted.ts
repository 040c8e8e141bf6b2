import { createServer } from 'node:net';
import { createReadStream, createWriteStream } from 'node:fs';
import { createGzip } from 'node:zlib';

export function echo(port: number): void {
  const server = createServer((socket) => {
//                             ^^^^^^ unhandled-stream emitter
    socket.on('data', (data) => socket.write(data));
  });
  server.on('error', (error) => console.error(error));
  server.listen(port);
}

// One chain, one problem.
export function pack(path: string): void {
  const input = createReadStream(path);
  const output = createWriteStream(`${path}.gz`);
  input.pipe(createGzip()).pipe(output);
//      ^^^^ unhandled-stream pipe
}
