// Loaded by VS Code's extension host (`extensionTestsPath`), which waits for `run`.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { registerSuite } from './suite.ts';

/** What a run tells those who started VS Code; they name the file in ASYNCLINT_RESULTS. */
export interface InHostResults {
  readonly vscode: string;
  readonly node: string;
  readonly tests: readonly { readonly title: string; readonly error?: string }[];
}

/** Resolves if all tests passed, and rejects otherwise: that is VS Code's agreement. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, forbidOnly: true, forbidPending: true });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  registerSuite();
  const tests: { title: string; error?: string }[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => tests.push({ title: test.title }));
    runner.on('fail', (test, error) => tests.push({ title: test.title, error: String(error?.stack ?? error) }));
  });
  const file = process.env.ASYNCLINT_RESULTS;
  if (file === undefined) throw new Error('ASYNCLINT_RESULTS names no file.');
  const results: InHostResults = { vscode: vscode.version, node: process.version, tests };
  writeFileSync(file, JSON.stringify(results));
  if (failures > 0 || tests.length === 0) throw new Error(`${failures} of ${tests.length} failed.`);
}
