import { setTimeout as sleep } from 'node:timers/promises';

const answers = new Map<string, string>();

export function receive(id: string, text: string): void {
  answers.set(id, text);
}

/** A look into a collection of the same process. */
export async function call(id: string, send: (id: string) => void): Promise<string | undefined> {
  send(id);
  while (!answers.has(id)) await sleep(10);
//        ^^^^^^^^^^^^^^^ polling-wait polled
  return answers.get(id);
}

/** What is asked is something else in each round. */
export async function firstFree(): Promise<number> {
  let id = 0;
  while (answers.has(String(id))) {
    id++;
    await sleep(1);
  }
  return id;
}

/** Whoever answers may look outside of the program. */
export async function present(cache: { has(id: string): boolean }, id: string): Promise<void> {
  while (!cache.has(id)) await sleep(10);
}
