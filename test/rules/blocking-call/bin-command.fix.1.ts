import { writeFile } from 'node:fs/promises';

// A folder called `bin` does not make a module a script: others import this one.
export async function generate(output: string): Promise<void> {
  await writeFile(output, '');
}
