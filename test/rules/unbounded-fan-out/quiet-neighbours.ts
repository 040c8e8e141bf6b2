import { readFile } from 'node:fs/promises';
import pLimit from 'p-limit';
import pMap from 'p-map';

const names = ['a.json', 'b.json'];

export async function writtenDown(): Promise<readonly string[]> {
  return await Promise.all(names.map((name) => readFile(name, 'utf8')));
}

export async function aPair(pair: readonly [string, string]): Promise<readonly string[]> {
  return await Promise.all(pair.map((name) => readFile(name, 'utf8')));
}

export async function limited(urls: readonly string[]): Promise<readonly Response[]> {
  const limit = pLimit(5);
  return await Promise.all(urls.map((url) => limit(() => fetch(url))));
}

export async function withANumber(files: readonly string[]): Promise<readonly string[]> {
  return await pMap(files, async (file) => readFile(file, 'utf8'), { concurrency: 4 });
}

export async function inParts(urls: readonly string[]): Promise<void> {
  for (let at = 0; at < urls.length; at += 10) {
    await Promise.all(urls.slice(at, at + 10).map((url) => fetch(url)));
  }
}

export async function chunks(chunked: readonly (readonly string[])[]): Promise<void> {
  for (const chunk of chunked) await Promise.all(chunk.map((url) => fetch(url)));
}

export async function computes(values: readonly string[]): Promise<readonly string[]> {
  return await Promise.all(values.map(async (value) => decorate(value)));
}

async function decorate(value: string): Promise<string> {
  await Promise.resolve();
  return value.trim();
}

export async function queued(urls: readonly string[], queue: { add(work: () => unknown): Promise<unknown> }): Promise<void> {
  await Promise.all(urls.map((url) => queue.add(() => fetch(url))));
}
