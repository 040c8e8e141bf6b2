import { describe, expect, test } from 'vitest';
import { OneAtATime } from '../../server/src/typescript/one-at-a-time.ts';

/** A source of trees that keeps what has arrived, as the compiler's client does. */
function trees(): { fetch(path: string): Promise<string>; arrive(outcome?: 'lost'): void; readonly fetched: string[] } {
  const fetched: string[] = [];
  const kept = new Set<string>();
  const waiting: ((outcome: 'lost' | undefined) => void)[] = [];
  return {
    fetched,
    fetch: (path) => {
      if (kept.has(path)) return Promise.resolve(path);
      fetched.push(path);
      return new Promise((resolve, reject) => {
        waiting.push((outcome) => {
          if (outcome === 'lost') return reject(new Error('lost'));
          kept.add(path);
          resolve(path);
        });
      });
    },
    arrive: (outcome) => {
      for (const end of waiting.splice(0)) end(outcome);
    },
  };
}

describe('one request at a time', () => {
  test('questions about one file bring it over once', async () => {
    const source = trees();
    const requests = new OneAtATime();
    const answers = [1, 2, 3].map(() => requests.run('/lib.d.ts', () => source.fetch('/lib.d.ts')));
    source.arrive();
    expect(await Promise.all(answers)).toEqual(['/lib.d.ts', '/lib.d.ts', '/lib.d.ts']);
    expect(source.fetched).toEqual(['/lib.d.ts']);
  });

  test('different files do not wait for each other', () => {
    const source = trees();
    const requests = new OneAtATime();
    void requests.run('/a.ts', () => source.fetch('/a.ts'));
    void requests.run('/b.ts', () => source.fetch('/b.ts'));
    expect(source.fetched).toEqual(['/a.ts', '/b.ts']);
  });

  test('who comes later asks again where the first request failed', async () => {
    const source = trees();
    const requests = new OneAtATime();
    const first = requests.run('/a.ts', () => source.fetch('/a.ts'));
    const second = requests.run('/a.ts', () => source.fetch('/a.ts'));
    source.arrive('lost');
    await expect(first).rejects.toThrow('lost');
    source.arrive();
    await expect(second).resolves.toBe('/a.ts');
    expect(source.fetched).toHaveLength(2);
  });
});
