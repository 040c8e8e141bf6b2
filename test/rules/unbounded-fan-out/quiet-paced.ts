import { readdir, readFile } from 'node:fs/promises';
import async from 'async';

// Each round waits for something, so that they come one by one.
export async function notify(load: () => Promise<string[]>): Promise<void> {
  const urls = await load();
  for (const url of urls) {
    const response = await fetch(url);
    void response.text().catch(console.error);
  }
  for (const url of ['/a', '/b']) fetch(url).catch(console.error);
}

export async function all(folder: string): Promise<unknown> {
  const names = await readdir(folder);
  return async.mapLimit(names, 10, async (name: string) => readFile(name));
}
