import { readFile } from 'node:fs/promises';

export async function localFiles(): Promise<string> {
  const key = await readFile('key.pem', 'utf8');
  const cert = await readFile('cert.pem', 'utf8');
//             ^^^^^ sequential-awaits pair
//             related cheap.ts:4 "waits for `key`"
  return key + cert;
}

interface Ide {
  getProblems(): Promise<string[]>;
  getWorkspaceDirs(): Promise<string[]>;
}

export async function atHand(ide: Ide): Promise<number> {
  const problems = await ide.getProblems();
  const dirs = await ide.getWorkspaceDirs();
//             ^^^^^ sequential-awaits pair
//             related cheap.ts:17 "waits for `problems`"
  return problems.length + dirs.length;
}
