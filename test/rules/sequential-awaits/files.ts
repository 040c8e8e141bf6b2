import { readFile } from 'node:fs/promises';

export async function localFiles(): Promise<string> {
  const key = await readFile('key.pem', 'utf8');
  const cert = await readFile('cert.pem', 'utf8');
//             ^^^^^ sequential-awaits pair
//             related files.ts:4 "waits for `key`"
  return key + cert;
}
