import { type Connection, connect } from './lib.ts';

let connection: Promise<Connection> | undefined;

export function shared(): Promise<Connection> {
  return (connection ??= connect('https://example.org'));
}
