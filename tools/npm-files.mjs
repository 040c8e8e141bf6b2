// Lays what the npm package holds beside its manifest in server/: `npm pack` and `npm publish` call it before they pack,
// and with --remove behind it. `npm run build` comes first.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';

const built = path.join(root, 'dist');
const to = path.join(root, 'server');

for (const name of ['dist', 'docs', 'README.md', 'LICENSE'])
  rmSync(path.join(to, name), { recursive: true, force: true });

if (!process.argv.includes('--remove')) {
  if (!existsSync(path.join(built, 'cli.js'))) {
    console.error('There is no dist/cli.js; run npm run build first.');
    process.exit(2);
  }
  mkdirSync(path.join(to, 'dist'));
  // The extension is VS Code's, and the native compiler comes as a package of its own.
  const programs = readdirSync(built).filter((name) => /\.(?:js|txt)$/.test(name));
  for (const name of programs) cpSync(path.join(built, name), path.join(to, 'dist', name));
  cpSync(path.join(root, 'docs/rules'), path.join(to, 'docs/rules'), { recursive: true });
  for (const name of ['README.md', 'LICENSE']) cpSync(path.join(root, name), path.join(to, name));
}
