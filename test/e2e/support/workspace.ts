import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../tools/lib/paths.mjs';

/** A private copy of test/e2e/workspace for one suite, so that suites may change files. */
export function freshWorkspace(suite: string): string {
  const folder = path.join(root, '.run', `${suite}-workspace`);
  rmSync(folder, { recursive: true, force: true });
  cpSync(path.join(root, 'test/e2e/workspace'), folder, { recursive: true });
  return folder;
}
