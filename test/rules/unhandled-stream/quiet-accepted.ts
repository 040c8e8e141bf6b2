import { createSocket } from 'node:dgram';
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';
import { Client } from 'pg';

export function echo(port: number): void {
  createServer((socket) => {
    socket.on('error', (error) => console.error(error));
    socket.on('data', (data) => socket.write(data));
  }).listen(port);
  createHttp((request, response) => response.end(request.url)).listen(port + 1);
  createServer((socket) => serve(socket)).listen(port + 2);
}

function serve(socket: NodeJS.ReadWriteStream): void {
  socket.on('error', (error) => console.error(error));
}

// A callback gets the error.
export function report(line: string): void {
  const client = createSocket('udp4');
  client.send(line, 8125, 'localhost', () => client.close());
}

// It is to be closed, which another rule says.
export async function now(): Promise<unknown> {
  const client = new Client();
  await client.connect();
  return client.query('select now()');
}
