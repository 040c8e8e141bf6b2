import { readdir, readFile } from 'node:fs/promises';
import async from 'async';

async function loadSubscribers(): Promise<string[]> {
  const response = await fetch('/subscribers');
  return response.json() as Promise<string[]>;
}

export async function notify(): Promise<void> {
  const subscribers = await loadSubscribers();
  for (const url of subscribers) fetch(url, { method: 'POST' }).catch(console.error);
//                               ^^^^^ unbounded-fan-out atOnce
}

export async function texts(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'utf8')));
//                         ^^^ unbounded-fan-out atOnce
}

export async function all(folder: string): Promise<unknown> {
  const names = await readdir(folder);
  return async.map(names, async (name: string) => readFile(name));
//             ^^^ unbounded-fan-out atOnce
}
