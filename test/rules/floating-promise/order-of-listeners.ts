import { load, report } from './lib.ts';

interface Source {
  once(event: string, listener: () => unknown): void;
  map(make: () => Promise<void>): void;
}

declare const source: Source;
declare const ids: Set<string>;

/** Nothing follows in the listener, and nobody waits for it. */
export function listen(): void {
  source.once('ready', async () => {
    if (ids.size > 0) {
      report('ready');
    } else {
      try {
        await load('first');
      } catch (error) {
        console.error(error);
      }
    }
  });
}

/** Something follows. */
export function listenOnce(): void {
  source.once('ready', async () => {
    report('ready');
//  ^^^^^^^^^^^^^^^ floating-promise unordered
    ids.clear();
  });
}

/** Whoever is given the function may wait for it. */
export function make(): void {
  source.map(async () => {
    report('made');
//  ^^^^^^^^^^^^^^ floating-promise unordered
  });
}
