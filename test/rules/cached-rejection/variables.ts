import { type Connection, connect } from './lib.ts';

let connection: Promise<Connection> | undefined;
let other: Promise<Connection> | null = null;

export function shared(url: string): Promise<Connection> {
  connection ??= connect(url);
//               ^^^^^^^ cached-rejection kept
//               related lib.ts:7 "can throw here"
  return connection;
}

export function sharedByIf(url: string): Promise<Connection> {
  if (other === null) {
    other = connect(url);
//          ^^^^^^^ cached-rejection kept
//          related lib.ts:7 "can throw here"
  }
  return other;
}

let early: Promise<Connection> | undefined;

export async function earlyReturn(url: string): Promise<readonly string[]> {
  if (early) return (await early).query('all');
  early = connect(url);
//        ^^^^^^^ cached-rejection kept
//        related lib.ts:7 "can throw here"
  return (await early).query('all');
}

let inline: Promise<Connection> | undefined;

export const inlined = (url: string): Promise<Connection> => inline ?? (inline = connect(url));
//                                                                               ^^^^^^^ cached-rejection kept
//                                                                               related lib.ts:7 "can throw here"

let chained: Promise<readonly string[]> | undefined;

export function names(url: string): Promise<readonly string[]> {
  // The handler logs and throws on: what is kept still rejects.
  chained ||= connect(url)
//            ^^^^^^^ cached-rejection kept
    .then((made) => made.query('names'))
    .catch((error: unknown) => {
      console.error(error);
      throw error;
    });
  return chained;
}

/** Whoever asks after a failure waits for the same failure. */
export function memo<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
//                       ^^^^ cached-rejection kept
}
