import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../../tools/lib/paths.mjs';

/**
 * A private copy of test/e2e/workspace for one suite, so that suites may change files.
 * It lies outside the checkout, whose own config would otherwise be the nearest one.
 */
export function freshWorkspace(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'asynclint-e2e-')));
  cpSync(path.join(root, 'test/e2e/workspace'), folder, { recursive: true });
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(path.join(root, 'node_modules/@types'), path.join(folder, 'node_modules/@types'), 'junction');
  return folder;
}

/** Removes what `freshWorkspace` made. */
export function removeWorkspace(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
