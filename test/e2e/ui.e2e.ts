// A person's way through the packaged extension, with mouse and keyboard, in the real workbench.
// The tests follow each other: each begins where the one before it ended.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workbenchUrl } from '../../tools/lib/embedded-server.mjs';
import { typeErrors } from './support/compile.ts';
import { type EmbeddedVSCode, openEmbeddedVSCode } from './support/embedded.ts';
import { until } from './support/until.ts';
import { Workbench } from './support/workbench.ts';
import { freshWorkspace, removeWorkspace } from './support/workspace.ts';

const folder = freshWorkspace();
const awaitIt = /^Await .saveUser\(name\)/;
const register = path.join(folder, 'src/register.ts');
let vscode: EmbeddedVSCode;
let workbench: Workbench;

beforeAll(async () => {
  vscode = await openEmbeddedVSCode('ui');
  workbench = new Workbench(vscode.page, vscode.folder);
  await vscode.page.goto(workbenchUrl(vscode.server, folder));
  await vscode.page.locator('.explorer-folders-view').getByText('src').first().waitFor();
});

// A menu that a failed test left open must not fail the next one.
beforeEach(() => workbench.closeMenus());

afterEach(async (context) => {
  if (context.task.result?.state === 'fail')
    await workbench.picture(`failed-${context.task.name.replace(/\W+/g, '-')}`);
});

afterAll(async () => {
  await vscode?.close();
  removeWorkspace(folder);
});

describe('asynclint in VS Code, by mouse and keyboard', () => {
  it('shows a squiggle under a forgotten promise', async () => {
    await workbench.openFile('register.ts');
    await workbench.warnings.first().waitFor({ state: 'attached' });
    await workbench.picture('1-squiggle');
    expect(await workbench.warnings.count()).toBe(1);
  });

  it('says in the hover what is wrong', async () => {
    await workbench.line('saveUser(name);').getByText('saveUser').hover();
    const hover = vscode.page.locator('.monaco-hover', { hasText: 'floating-promise' });
    await hover.first().waitFor();
    await workbench.picture('2-hover');
    expect(await hover.first().textContent()).toMatch(/promise/i);
    await vscode.page.mouse.move(900, 700);
  });

  it('lists it in the Problems panel, with its source and the rule', async () => {
    await vscode.page.keyboard.press('Control+Shift+M');
    const row = workbench.problems('floating-promise');
    await row.waitFor();
    await workbench.picture('3-problems');
    expect(await row.textContent()).toMatch(/asynclint/);
  });

  it("opens the rule's own page from the lightbulb menu", async () => {
    const entry = workbench.menuEntry('Show documentation for floating-promise');
    await workbench.openFixes(workbench.line('saveUser(name);'), 'saveUser', entry);
    await entry.first().click();
    const tab = vscode.page.locator('.tab', { hasText: 'Preview floating-promise.md' });
    await tab.waitFor();
    const frame = vscode.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await frame.getByRole('heading', { name: 'floating-promise' }).first().waitFor();
    await workbench.picture('4-rule-page');
    await workbench.closeEditor(tab);
  });

  it('explains a line on a page beside it, behind all fixes and by a command', async () => {
    const line = workbench.line('saveUser(name);');
    const entry = workbench.menuEntry('Explain this line');
    await workbench.openFixes(line, 'saveUser', entry);
    const entries = await workbench.menuEntry(/./).allTextContents();
    expect(entries.at(-1)).toContain('Explain this line');
    await entry.first().click();
    const tab = vscode.page.locator('.tab', { hasText: 'Preview register.ts:4.md' });
    await tab.waitFor();
    const frame = vscode.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await frame.getByRole('heading', { name: '1 finding: floating-promise' }).waitFor();
    await workbench.picture('4-explained');
    expect(await frame.locator('body').textContent()).toContain("throw new Error('A user needs a name.')");
    await frame.getByRole('link', { name: 'src/users.ts:2' }).first().click();
    const target = vscode.page.locator('.tab', { hasText: 'users.ts' });
    await target.waitFor();
    await workbench.line("throw new Error('A user needs a name.');").waitFor();
    await workbench.closeEditor(target);
    await workbench.closeEditor(tab);

    await workbench.line('return name.length;').click();
    await workbench.command('asynclint: Explain This Line');
    const second = vscode.page.locator('.tab', { hasText: 'Preview register.ts:5.md' });
    await second.waitFor();
    await frame.getByRole('heading', { name: /^Nothing is reported/ }).waitFor();
    await workbench.closeEditor(second);
  });

  it('offers its fixes in the lightbulb menu; the chosen one is applied, and the file compiles', async () => {
    const line = workbench.line('saveUser(name);');
    await workbench.openFixes(line, 'saveUser', workbench.menuEntry(awaitIt));
    await workbench.picture('5-menu');
    const entries = (await workbench.menuEntry(/./).allTextContents()).join('\n');
    expect(entries).toMatch(/`void saveUser\(name\)`/);
    expect(entries).toMatch(/Disable floating-promise for this line/);
    expect(entries).toMatch(/Show documentation for/);

    await workbench.menuEntry(awaitIt).first().click();
    await workbench.line('await saveUser(name);').waitFor();
    await workbench.problems('floating-promise').waitFor({ state: 'detached' });
    await workbench.warnings.first().waitFor({ state: 'detached' });
    await vscode.page.keyboard.press('Control+S');
    const original = readFileSync('test/e2e/workspace/src/register.ts', 'utf8');
    const expected = original.replace('saveUser(name);', 'await saveUser(name);');
    await until('the fixed file is saved', () => readFileSync(register, 'utf8') === expected || undefined);
    await workbench.picture('6-fixed');
    expect(await typeErrors(folder)).toEqual([]);
  });

  it('warns about a promise that is typed in, before it is saved', async () => {
    await workbench.line('return name.length;').click();
    await vscode.page.keyboard.press('Home');
    await vscode.page.keyboard.type("saveUser('ada');\n");
    await workbench.problems("saveUser('ada')").waitFor();
    await workbench.warnings.first().waitFor({ state: 'attached' });
    await workbench.picture('7-typed');
    expect(readFileSync(register, 'utf8')).not.toContain('ada');
    await workbench.command('File: Revert File');
    await workbench.problems("saveUser('ada')").waitFor({ state: 'detached' });
  });

  it('fixes everything that is safe in a file, by a command', async () => {
    await workbench.openFile('tidy.ts');
    await workbench.problems('unused-directive').waitFor();
    await workbench.command('asynclint: Fix All Safe Problems in File');
    await workbench.problems('unused-directive').waitFor({ state: 'detached' });
    await vscode.page.keyboard.press('Control+S');
    const file = path.join(folder, 'src/tidy.ts');
    await until('the unused directive is gone', () => !readFileSync(file, 'utf8').includes('asynclint') || undefined);
    expect(readFileSync(file, 'utf8')).toContain('await saveUser(name);');
  });

  it('shows its state in the language status menu', async () => {
    await workbench.openFile('register.ts');
    await vscode.page.locator('#status\\.languageStatus').hover();
    const entries = vscode.page.locator('.hover-language-status');
    await entries.filter({ hasText: /asynclint: no findings/ }).waitFor();
    await workbench.picture('8-status');
    const texts = await entries.allTextContents();
    expect(texts.filter((text) => text.includes('TypeScript 7.1.0-beta'))).toHaveLength(1);
    expect(texts.filter((text) => /no config file — defaults.*asynclint · tsconfig\.json/.test(text))).toHaveLength(1);
    await vscode.page.mouse.move(700, 300);
  });

  it('writes to one Output channel, and never interrupted', async () => {
    await workbench.command('asynclint: Show Output');
    const output = vscode.page.locator('.output-view-container, .output-view');
    await output.locator('.view-line').first().waitFor();
    await workbench.picture('9-output');
    expect(
      await vscode.page.locator('.notifications-toasts .notification-list-item', { hasText: 'asynclint' }).count(),
    ).toBe(0);
  });
});
