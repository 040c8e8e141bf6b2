import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { run } from './processes.mjs';

/** Runs vitest with a config, shows its output, and counts. A file that could not be loaded counts as one failure. */
export async function runVitest(name, args, env = {}) {
  const report = path.join(root, '.run', `vitest-${name}.json`);
  rmSync(report, { force: true });
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(process.execPath, [vitest, 'run', ...args, ...reporters], { env: { ...process.env, ...env } });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  // A skipped test proves nothing, and is not ours to have.
  const failed = counts.numFailedTests + counts.numPendingTests + counts.numTodoTests;
  return { passed: counts.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
