import { once } from 'node:events';
import type { Page } from '@playwright/test';
import { Client, load, log } from './lib.ts';

export async function start(client: Client): Promise<void> {
  await client.connect();
  await once(client, 'ready');
//      ^^^^ late-registration waited
//      related waits.ts:6 "waits here"
}

export async function startBy(client: Client): Promise<void> {
  await client.connect();
  await new Promise((resolve) => client.once('ready', resolve));
//                                      ^^^^ late-registration waited
//                                      related waits.ts:13 "waits here"
}

export async function press(page: Page): Promise<boolean> {
  await page.click('#save');
  const response = await page.waitForResponse('/save');
//                            ^^^^^^^^^^^^^^^ late-registration waited
//                            related waits.ts:20 "the event may come while this waits"
  return response.ok();
}

interface Event<T> {
  (listener: (value: T) => void): { dispose(): void };
}

export class Providers {
  private readonly known = new Map<string, string>();
  declare readonly onDidRegister: Event<string>;
  declare readonly willUse: { fire(name: string): Promise<void>[] };

  async provider(name: string): Promise<string | undefined> {
    if (this.known.has(name)) return this.known.get(name);
    await Promise.all(this.willUse.fire(name));
    return new Promise((resolve) => {
      this.onDidRegister((registered) => {
//         ^^^^^^^^^^^^^ late-registration waited
//         related waits.ts:38 "waits here"
        if (registered === name) resolve(this.known.get(name));
      });
    });
  }
}

export async function main(): Promise<void> {
  const text = await load();
  process.on('unhandledRejection', log);
//        ^^ late-registration process
//        related waits.ts:50 "waits here"
  log(text);
}
