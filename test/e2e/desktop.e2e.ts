// The in-host suite in a desktop VS Code, which VSCODE_EXECUTABLE names (part of the run only then).
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { describe, expect, it } from 'vitest';
import { freshProfile } from '../../tools/lib/embedded-server.mjs';
import { hostTarget } from '../../tools/lib/native-compiler.mjs';
import { root } from '../../tools/lib/paths.mjs';
import { mustRun } from '../../tools/lib/processes.mjs';
import { vsixPath } from '../../tools/lib/vsix.mjs';
import type { InHostResults } from './in-host/index.ts';
import { bundleInHostSuite } from './support/in-host-bundle.ts';
import { freshWorkspace, removeWorkspace } from './support/workspace.ts';

const executable = process.env.VSCODE_EXECUTABLE ?? '';
const results = await runOnDesktop();

describe('asynclint in a desktop VS Code', () => {
  it('ran', () => {
    expect(results.tests.length).toBeGreaterThan(0);
  });
  for (const { title, error } of results.tests) {
    it(title, () => {
      if (error !== undefined) throw new Error(error);
    });
  }
});

async function runOnDesktop(): Promise<InHostResults> {
  const workspace = freshWorkspace();
  const profile = freshProfile(path.join(root, '.run', 'desktop'));
  const harness = await bundleInHostSuite();
  const file = path.join(root, '.run', 'desktop-results.json');
  rmSync(file, { force: true });
  const own = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const install = [...own, ...sandbox, '--install-extension', vsixPath(hostTarget()), '--force'];
  const { cli, before } = commandLine(executable);
  await mustRun('Installing the extension', cli, [...before, ...install], {
    log: 'desktop-install',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  // `runTests` rejects when a test fails; the results say which.
  const failure = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: harness,
    extensionTestsPath: path.join(harness, 'index.js'),
    launchArgs: [workspace, '--disable-workspace-trust', ...own],
    extensionTestsEnv: { ASYNCLINT_RESULTS: file },
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  removeWorkspace(workspace);
  if (!existsSync(file)) throw failure ?? new Error('VS Code ended without results.');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** VS Code's own program, run as Node, executes its command line's script. */
function commandLine(program: string): { readonly cli: string; readonly before: readonly string[] } {
  const folder = path.dirname(program);
  const candidates = ['resources/app/out/cli.js', '../Resources/app/out/cli.js'].map((file) => path.join(folder, file));
  const script = candidates.find((file) => existsSync(file));
  if (script === undefined) throw new Error(`VSCODE_EXECUTABLE is not VS Code's own program: ${program}`);
  return { cli: program, before: [script] };
}
