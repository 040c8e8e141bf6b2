import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What is kept is made of what is waited for; the waits do not depend on each other all the same. */
export async function loadConfig(dir: string): Promise<unknown[]> {
  const base = JSON.parse(await readFile(path.join(dir, 'base.json'), 'utf8'));
  const local = JSON.parse(await readFile(path.join(dir, 'local.json'), 'utf8'));
//                         ^^^^^ sequential-awaits several
//                         related changed.ts:6 "waits for `base`"
//                         related changed.ts:11 "waits for `version`"
  const version = (await readFile(path.join(dir, 'VERSION'), 'utf8')).trim();
  return [base, local, version];
}

/** The second file is named by the first. */
export async function loadExtended(dir: string): Promise<unknown[]> {
  const config = JSON.parse(await readFile(path.join(dir, 'config.json'), 'utf8'));
  const parent = JSON.parse(await readFile(path.join(dir, config.extends), 'utf8'));
  return [config, parent];
}
