import { readdir, readFile } from 'node:fs/promises';
import pMap from 'p-map';

export async function texts(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir);
  return await Promise.all(files.map((file) => readFile(`${dir}/${file}`, 'utf8')));
//                               ^^^ unbounded-fan-out atOnce
}

export async function pages(): Promise<readonly string[]> {
  const { urls } = await sitemap();
  const answers = await Promise.allSettled(
    urls.map(async (url) => {
//       ^^^ unbounded-fan-out atOnce
      const response = await fetch(url);
      return response.text();
    }),
  );
  return answers.map(String);
}

export async function pushed(): Promise<readonly Response[]> {
  const { urls } = await sitemap();
  const answers: Promise<Response>[] = [];
  for (const url of urls) answers.push(fetch(url));
//                        ^^^^^^^^^^^^ unbounded-fan-out atOnce
  return await Promise.all(answers);
}

export async function kept(): Promise<readonly Response[]> {
  const urls = Object.keys((await sitemap()).byUrl ?? {}).filter((url) => url !== '');
  const answers = urls.map((url) => fetch(url));
//                     ^^^ unbounded-fan-out atOnce
  return await Promise.all(answers);
}

export async function withAHelper(dir: string): Promise<readonly string[]> {
  let files: string[] = [];
  files = await readdir(dir);
  return await pMap(files, async (file) => readFile(file, 'utf8'));
//             ^^^^ unbounded-fan-out atOnce
}

export async function withOptions(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir);
  return await pMap(files, async (file) => readFile(file, 'utf8'), { stopOnError: true });
//             ^^^^ unbounded-fan-out atOnce
}

declare function sitemap(): Promise<{ readonly urls: readonly string[]; readonly byUrl?: Record<string, string> }>;
