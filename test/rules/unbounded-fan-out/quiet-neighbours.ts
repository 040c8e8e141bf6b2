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

export async function handedOver(urls: readonly string[]): Promise<readonly Response[]> {
  return await Promise.all(urls.map((url) => fetch(url)));
}

export async function limited(): Promise<readonly Response[]> {
  const urls = await sitemap();
  const limit = pLimit(5);
  return await Promise.all(urls.map((url) => limit(() => fetch(url))));
}

export async function withANumber(): Promise<readonly string[]> {
  const files = await sitemap();
  return await pMap(files, async (file) => readFile(file, 'utf8'), { concurrency: 4 });
}

export async function inParts(): Promise<void> {
  const urls = await sitemap();
  for (let at = 0; at < urls.length; at += 10) {
    await Promise.all(urls.slice(at, at + 10).map((url) => fetch(url)));
  }
}

export async function chunks(chunked: readonly (readonly string[])[]): Promise<void> {
  for (const chunk of chunked) await Promise.all(chunk.map((url) => fetch(url)));
}

export async function computes(): Promise<readonly string[]> {
  const values = await sitemap();
  return await Promise.all(values.map(async (value) => decorate(value)));
}

async function decorate(value: string): Promise<string> {
  await Promise.resolve();
  return value.trim();
}

export async function queued(queue: { add(work: () => unknown): Promise<unknown> }): Promise<void> {
  const urls = await sitemap();
  await Promise.all(urls.map((url) => queue.add(() => fetch(url))));
}

declare function sitemap(): Promise<readonly string[]>;

export async function servers(): Promise<readonly Response[]> {
  const { servers } = await settings();
  return await Promise.all(servers.map((server) => fetch(server)));
}

declare function settings(): Promise<{ readonly servers: readonly string[] }>;
