import { type Connection, connect } from './lib.ts';

let connection: Promise<Connection> | undefined;

// Only the start of the program asks, and a failure ends it.
function start(): Promise<Connection> {
  return (connection ??= connect('https://example.org'));
}

await start();
