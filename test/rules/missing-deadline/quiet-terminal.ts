import { readFile } from 'node:fs/promises';
// biome-ignore lint/correctness/noUnresolvedImports: one of those that colour what a terminal shows
import chalk from 'chalk';

/** One user waits before a terminal, and can press Ctrl-C. */
export async function samples(url: string): Promise<string> {
  const names = await readFile('names', 'utf8');
  console.log(chalk.green(names));
  const response = await fetch(url);
  return await response.text();
}
