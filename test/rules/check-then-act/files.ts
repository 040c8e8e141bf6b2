import { access, readFile } from 'node:fs/promises';

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
