// Runs test/e2e/in-host inside the extension host of a real VS Code, against the packaged extension.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { remoteUri, workbenchUrl } from '../../tools/lib/embedded-server.mjs';
import { root } from '../../tools/lib/paths.mjs';
import type { InHostResults } from './in-host/index.ts';
import { openEmbeddedVSCode } from './support/embedded.ts';
import { bundleInHostSuite } from './support/in-host-bundle.ts';
import { freshWorkspace, removeWorkspace } from './support/workspace.ts';

const results = await runInHost();

describe('asynclint in the extension host', () => {
  it('ran', () => {
    expect(results.tests.length).toBeGreaterThan(0);
  });
  for (const { title, error } of results.tests) {
    it(title, () => {
      if (error !== undefined) throw new Error(error);
    });
  }
});

async function runInHost(): Promise<InHostResults> {
  const workspace = freshWorkspace();
  const harness = await bundleInHostSuite();
  const file = path.join(root, '.run', 'in-host-results.json');
  rmSync(file, { force: true });
  // A built workbench honours `extensionTestsPath` only together with the smoke test driver.
  const vscode = await openEmbeddedVSCode('in-host', {
    args: ['--enable-smoke-test-driver'],
    env: { ASYNCLINT_RESULTS: file },
  });
  try {
    const exited = new Promise<void>((resolve) => {
      void vscode.page.exposeFunction('codeAutomationExit', () => resolve());
    });
    const tests = [
      ['extensionDevelopmentPath', remoteUri(vscode.server, harness)],
      ['extensionTestsPath', remoteUri(vscode.server, path.join(harness, 'index.js'))],
    ];
    await vscode.page.goto(workbenchUrl(vscode.server, workspace, tests));
    await Promise.race([exited, overdue(15 * 60_000)]);
    await vscode.page.screenshot({ path: path.join(vscode.folder, 'end.png') });
  } finally {
    await vscode.close();
    removeWorkspace(workspace);
  }
  if (!existsSync(file)) throw new Error('The extension host ended without results.');
  return JSON.parse(readFileSync(file, 'utf8'));
}

function overdue(milliseconds: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(
      () => reject(new Error(`The in-host suite did not end within ${milliseconds} ms.`)),
      milliseconds,
    ).unref();
  });
}
