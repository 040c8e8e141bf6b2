// Which of our rules look for what the peers' configuration turns on, by the `equivalents` that each rule states.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * @param {string} root the repository's folder
 * @param {string} configFile the peers' `oxlintrc.json`
 * @returns {Promise<readonly string[]>} ids of rules, in the order of the catalogue
 */
export async function matchingRules(root, configFile) {
  const theirs = new Set(Object.keys(JSON.parse(readFileSync(configFile, 'utf8')).rules).map(plainName));
  const rules = await loadRules(root);
  const matching = rules.filter(({ equivalents }) => equivalents.some((name) => theirs.has(plainName(name))));
  const found = new Set(matching.flatMap(({ equivalents }) => equivalents.map(plainName)));
  const missing = [...theirs].filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`No rule of ours says that it matches ${missing.join(', ')}.`);
  return matching.map(({ id }) => id);
}

/** One name for a rule that several linters have: `@typescript-eslint/x` and `typescript/x`, `n/x` and `node/x`. */
function plainName(name) {
  return name
    .replace(/^@typescript-eslint\//, 'typescript/')
    .replace(/^n\//, 'node/')
    .replace(/^eslint\//, '');
}

/** The definitions are TypeScript; Node 20 needs them bundled. */
async function loadRules(root) {
  const outfile = path.join(root, 'node_modules', `.asynclint-bench-${process.pid}.mjs`);
  await build({
    absWorkingDir: root,
    stdin: { contents: `export { allRules } from './server/src/rules/registry.ts';`, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'error',
    outfile,
  });
  try {
    return (await import(pathToFileURL(outfile).href)).allRules;
  } finally {
    rmSync(outfile, { force: true });
  }
}
