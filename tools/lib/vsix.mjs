import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** Where `npm run package` puts the package of a target. */
export function vsixPath(target) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `asynclint-${target}-${version}.vsix`);
}
