import { access, readFile, stat, writeFile } from 'node:fs/promises';

/** The error of the use is what answers the question. */
export async function loadStore(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

/** Another file. */
export async function beside(path: string): Promise<string> {
  await access(`${path}.lock`);
  return readFile(path, 'utf8');
}

/** What is asked is an answer by itself. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** The file system refuses what is there. */
export async function createExclusively(path: string, text: string): Promise<void> {
  try {
    await access(path);
  } catch {
    await writeFile(path, text, { flag: 'wx' });
  }
}
