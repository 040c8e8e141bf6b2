import { readdir, readFile } from 'node:fs/promises';
import pMap from 'p-map';
import pLimit from 'p-limit';

export async function texts(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir);
  const limit = pLimit(10);
  return await Promise.all(files.map((file) => limit(() => readFile(`${dir}/${file}`, 'utf8'))));
}

export async function pages(): Promise<readonly string[]> {
  const { urls } = await sitemap();
  const limit = pLimit(10);
  const answers = await Promise.allSettled(
    urls.map((url) => limit(async () => {
      const response = await fetch(url);
      return response.text();
    })),
  );
  return answers.map(String);
}

export async function pushed(): Promise<readonly Response[]> {
  const { urls } = await sitemap();
  const answers: Promise<Response>[] = [];
  for (const url of urls) answers.push(fetch(url));
  return await Promise.all(answers);
}

export async function kept(): Promise<readonly Response[]> {
  const urls = Object.keys((await sitemap()).byUrl ?? {}).filter((url) => url !== '');
  const limit = pLimit(10);
  const answers = urls.map((url) => limit(() => fetch(url)));
  return await Promise.all(answers);
}

export async function withAHelper(dir: string): Promise<readonly string[]> {
  let files: string[] = [];
  files = await readdir(dir);
  return await pMap(files, async (file) => readFile(file, 'utf8'), { concurrency: 10 });
}

export async function withOptions(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir);
  return await pMap(files, async (file) => readFile(file, 'utf8'), { concurrency: 10, stopOnError: true });
}

declare function sitemap(): Promise<{ readonly urls: readonly string[]; readonly byUrl?: Record<string, string> }>;
