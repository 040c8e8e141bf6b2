import { type Connection, connect } from './lib.ts';

const byUrl = new Map<string, Promise<Connection>>();

export function of(url: string): Promise<Connection> {
  let known = byUrl.get(url);
  if (!known) {
    known = connect(url);
//          ^^^^^^^ cached-rejection kept
//          related lib.ts:7 "can throw here"
    byUrl.set(url, known);
  }
  return known;
}

const inPlace = new Map<string, Promise<Connection>>();

export async function inOneStep(url: string): Promise<Connection | undefined> {
  if (!inPlace.has(url)) inPlace.set(url, connect(url));
//                                        ^^^^^^^ cached-rejection kept
//                                        related lib.ts:7 "can throw here"
  return inPlace.get(url);
}

const byName: Record<string, Promise<Connection>> = {};

export function named(name: string): Promise<Connection> {
  return (byName[name] ??= connect(`https://${name}`));
//                         ^^^^^^^ cached-rejection kept
//                         related lib.ts:7 "can throw here"
}

export class Registry {
  readonly #all = new Map<string, Promise<Connection>>();

  one(url: string): Promise<Connection> {
    const known = this.#all.get(url);
    if (known !== undefined) return known;
    const made = connect(url);
//               ^^^^^^^ cached-rejection kept
//               related lib.ts:7 "can throw here"
    this.#all.set(url, made);
    return made;
  }
}
