import { access, readFile, writeFile } from 'node:fs/promises';

export async function loadStore(path: string): Promise<string> {
  try {
    await access(path);
//        ^^^^^^ check-then-act file
//        related files.ts:5 "1 waits here, and others may make or remove it"
//        related files.ts:9 "2 uses it"
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}


export async function createOnce(path: string, text: string): Promise<boolean> {
  try {
    await access(path);
//        ^^^^^^ check-then-act file
//        related files.ts:18 "1 waits here, and others may make or remove it"
//        related files.ts:24 "2 uses it"
    return false;
  } catch {
    await writeFile(path, text);
    return true;
  }
}
