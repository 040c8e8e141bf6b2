// `npm test`: installs what it needs and runs everything. Only node's built-in modules until `npm ci` has run.
// A part that fails does not stop the others. The last line is `N passed, N failed`.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { endForgottenServers } from './lib/embedded-server.mjs';
import { installEmbeddedVSCode } from './lib/embedded-vscode.mjs';
import { findBrowser, installPackages, requireNode } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { endAll, endChildrenOnSignals, interrupted, run, tail } from './lib/processes.mjs';
import { runVitest } from './lib/vitest-part.mjs';

endChildrenOnSignals(endForgottenServers);

const node = process.execPath;
const totals = { passed: 0, failed: 0 };
const broken = [];

await part('npm packages', installs(installPackages));
await part('Chromium', installs(findBrowser));
await part('VS Code', installs(installEmbeddedVSCode));
await part('Types', command('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'));
await part('Style', command('node_modules/@biomejs/biome/bin/biome', 'check', '.'));
await part('Build', command('tools/build.mjs'));
if (existsSync(path.join(root, 'tools/gen.mjs'))) await part('Generated files', command('tools/gen.mjs', '--check'));
await part('Our own code by our own rules', command('dist/cli.js', 'check', '--no-cache', '--preset', 'strict'));
await part('Rules, engine, language server, command line', () => runVitest('unit', []));
await part('Grammar', grammar);
await part('Package', command('tools/package.mjs', '--no-build'));
await part('In VS Code', async () => {
  const env = { CHROMIUM: await findBrowser() };
  return runVitest('e2e', ['--config', 'test/e2e/vitest.config.ts'], env);
});

// After a signal its handler ends the process; half a run has no result.
if (!interrupted()) {
  await endAll();
  endForgottenServers();
  if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

/** Runs one part, whatever became of the others; `body` resolves to counts, or to nothing where it counts nothing. */
async function part(title, body) {
  if (interrupted()) return;
  console.log(`\n== ${title}`);
  const began = performance.now();
  let counts;
  try {
    counts = (await body()) ?? { passed: 0, failed: 0 };
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    counts = { passed: 0, failed: 1 };
  }
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  if (counts.failed > 0) broken.push(title);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`== ${title}: ${counts.failed > 0 ? 'FAILED' : 'ok'}, ${seconds} s`);
}

/** A part that only brings what later ones need. */
function installs(body) {
  return async () => {
    requireNode();
    await body();
  };
}

/** A part that is one program of the checkout: its exit code is one result. */
function command(program, ...args) {
  return async () => {
    const code = await run(node, [path.join(root, program), ...args]);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };
}

/** The grammar tests count by file. */
async function grammar() {
  const code = await run(node, [path.join(root, 'tools/grammar-tests.mjs')], { log: 'grammar' });
  const output = tail('grammar', 400);
  console.log(output);
  const count = (mark) => output.split('\n').filter((line) => line.startsWith(mark)).length;
  const failed = count('✖');
  return { passed: count('✓'), failed: code !== 0 && failed === 0 ? 1 : failed };
}
