import { readdir, readFile } from 'node:fs/promises';
import pMap from 'p-map';

export async function texts(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir);
  return await Promise.all(files.map((file) => readFile(`${dir}/${file}`, 'utf8')));
//                               ^^^ unbounded-fan-out atOnce
}

export async function pages(urls: readonly string[]): Promise<readonly string[]> {
  const answers = await Promise.allSettled(
    urls.map(async (url) => {
//       ^^^ unbounded-fan-out atOnce
      const response = await fetch(url);
      return response.text();
    }),
  );
  return answers.map(String);
}

export async function pushed(urls: readonly string[]): Promise<readonly Response[]> {
  const answers: Promise<Response>[] = [];
  for (const url of urls) answers.push(fetch(url));
//                        ^^^^^^^^^^^^ unbounded-fan-out atOnce
  return await Promise.all(answers);
}

export async function kept(urls: readonly string[]): Promise<readonly Response[]> {
  const answers = urls.map((url) => fetch(url));
//                     ^^^ unbounded-fan-out atOnce
  return await Promise.all(answers);
}

export async function withAHelper(files: readonly string[]): Promise<readonly string[]> {
  return await pMap(files, async (file) => readFile(file, 'utf8'));
//             ^^^^ unbounded-fan-out atOnce
}

export async function withOptions(files: readonly string[]): Promise<readonly string[]> {
  return await pMap(files, async (file) => readFile(file, 'utf8'), { stopOnError: true });
//             ^^^^ unbounded-fan-out atOnce
}
