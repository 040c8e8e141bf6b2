import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../../../tools/lib/paths.mjs';

/**
 * Bundles the in-host suite into an extension that holds nothing else, and returns that extension's folder.
 * The tests live in it so that `require('vscode')` belongs to an extension, while the extension under test comes from its .vsix.
 */
export async function bundleInHostSuite(): Promise<string> {
  const folder = path.join(root, '.run', 'in-host-harness');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'in-host-harness',
    publisher: 'asynclint-tests',
    version: '0.0.0',
    engines: { vscode: '^1.100.0' },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [path.join(root, 'test/e2e/in-host/index.ts')],
    outfile: path.join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Mocha loads its parts by name; it is found in node_modules above this folder.
    external: ['vscode', 'mocha'],
  });
  return folder;
}
