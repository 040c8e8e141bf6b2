// A race in VS Code: the text and the drawing of its interleaving, by mouse and keyboard, in the real workbench.
// The tests follow each other: each begins where the one before it ended.
import type { FrameLocator, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workbenchUrl } from '../../tools/lib/embedded-server.mjs';
import { type EmbeddedVSCode, openEmbeddedVSCode } from './support/embedded.ts';
import { until } from './support/until.ts';
import { Workbench } from './support/workbench.ts';
import { freshWorkspace, removeWorkspace } from './support/workspace.ts';

const folder = freshWorkspace();
const racing = 'this.first = await saveUser(name);';
let vscode: EmbeddedVSCode;
let workbench: Workbench;
let drawing: FrameLocator;
let steps: Locator;

beforeAll(async () => {
  vscode = await openEmbeddedVSCode('interleaving');
  workbench = new Workbench(vscode.page, vscode.folder);
  drawing = vscode.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  steps = drawing.locator('button.step');
  await vscode.page.goto(workbenchUrl(vscode.server, folder));
  await vscode.page.locator('.explorer-folders-view').getByText('src').first().waitFor();
  await workbench.openFile('pool.ts');
  await workbench.editor.locator('.squiggly-warning, .squiggly-info').first().waitFor({ state: 'attached' });
});

beforeEach(() => workbench.closeMenus());

afterEach(async (context) => {
  if (context.task.result?.state === 'fail')
    await workbench.picture(`failed-${context.task.name.replace(/\W+/g, '-')}`);
});

afterAll(async () => {
  await vscode?.close();
  removeWorkspace(folder);
});

describe('an interleaving in VS Code', () => {
  it('opens as a text from the lightbulb menu, in colours', async () => {
    const entry = workbench.menuEntry('Show interleaving');
    await workbench.openFixes(workbench.line(racing), 'first', entry);
    await entry.first().click();
    const tab = vscode.page.locator('.tab.active', { hasText: /pool\.ts:\d+ check-then-act\.interleaving/ });
    await tab.waitFor();
    await workbench.line('Step by step:').waitFor();
    await workbench.picture('1-text');
    expect(await vscode.page.locator('.statusbar-item', { hasText: 'Interleaving' }).count()).toBe(1);
    // Waits are told from steps by their colour: the tokens of a line that has both code and a place are not of one class.
    const classes = await workbench
      .line('1. ')
      .locator('span span')
      .evaluateAll((spans) => spans.map((span) => span.className));
    expect(new Set(classes).size).toBeGreaterThan(1);
    expect(await workbench.editor.locator('.detected-link').count()).toBeGreaterThan(3);
    await workbench.closeEditor(tab);
  });

  it('opens as a drawing beside the code, with the first step in focus', async () => {
    const entry = workbench.menuEntry('Draw interleaving');
    await workbench.openFixes(workbench.line(racing), 'first', entry);
    await entry.first().click();
    await steps.first().waitFor();
    await until('the focus is on the first step', () => isFocused(0));
    await until('the code of the first step is marked', () => marks());
    await workbench.picture('2-drawing');
    expect(await steps.count()).toBeGreaterThanOrEqual(5);
    expect(await drawing.locator('.head .lane').count()).toBe(2);
    expect(await steps.first().getAttribute('aria-label')).toMatch(/^Step 1 of \d+, turn 1\. .*src\/pool\.ts:\d+$/);
  });

  it('is walked through with the arrow keys', async () => {
    const last = (await steps.count()) - 1;
    for (const [key, expected] of [
      ['ArrowDown', 1],
      ['ArrowRight', 2],
      ['ArrowUp', 1],
      ['End', last],
      ['ArrowDown', last],
      ['Home', 0],
      ['ArrowUp', 0],
    ] as const) {
      await vscode.page.keyboard.press(key);
      await until(`${key} leads to step ${expected}`, () => isFocused(expected));
    }
    expect(await drawing.locator('button.step:not([tabindex="-1"])').count()).toBe(1);
  });

  it('marks the code of the step that the mouse is on', async () => {
    await vscode.page.keyboard.press('Home');
    const before = await until('the code of the first step is marked', () => marks());
    await steps.last().hover();
    await until('the code of the last step is marked', async () => {
      const now = await marks();
      return (now !== undefined && now !== before) || undefined;
    });
    await workbench.picture('3-hover');
    await drawing.locator('h1').hover();
    await until('the code of the step in focus is marked again', async () => (await marks()) === before || undefined);
  });

  it('shows the code of a step with the Enter key', async () => {
    await vscode.page.keyboard.press('Home');
    await until('the focus is on the first step', () => isFocused(0));
    await vscode.page.keyboard.press('Enter');
    await vscode.page.locator('.tab.active', { hasText: 'pool.ts' }).first().waitFor();
    await vscode.page.locator('.statusbar-item', { hasText: /Ln 7, Col \d+/ }).waitFor();
    await until('the drawing has lost the focus', async () => !(await isFocused(0)) || undefined);
    await workbench.picture('4-revealed');
  });

  it('asks nothing of the network, and runs nothing but its own script', async () => {
    const body = drawing.locator('body');
    await body.evaluate(({ ownerDocument: document, append }) => {
      const refused: string[] = [];
      document.addEventListener('securitypolicyviolation', (event: { readonly effectiveDirective: string }) => {
        refused.push(event.effectiveDirective);
        document.documentElement.dataset.refused = refused.sort().join(' ');
      });
      const script = document.createElement('script');
      script.textContent = 'document.title = "ran"';
      append.call(document.body, script);
      fetch('https://example.invalid/').catch(() => undefined);
    });
    await drawing.locator('html[data-refused="connect-src script-src-elem"]').waitFor({ state: 'attached' });
    expect(await body.evaluate(({ ownerDocument }) => ownerDocument.title)).not.toBe('ran');
  });

  it('moves nothing where people want that', async () => {
    const duration = () =>
      steps.first().evaluate((step) => step.ownerDocument.defaultView?.getComputedStyle(step).transitionDuration);
    await vscode.page.emulateMedia({ reducedMotion: 'no-preference' });
    await until('buttons fade', async () => (await duration()) === '0.12s' || undefined);
    await vscode.page.emulateMedia({ reducedMotion: 'reduce' });
    await until('nothing fades', async () => (await duration()) === '0s' || undefined);
  });

  it('says when the code has changed since', async () => {
    expect(await drawing.locator('.outdated').isVisible()).toBe(false);
    await workbench.line('return this.first;').click();
    await vscode.page.keyboard.press('Home');
    await vscode.page.keyboard.type('// Later.\n');
    await drawing.locator('.outdated').waitFor({ state: 'visible' });
    await steps.last().hover();
    expect(await marks()).toBeUndefined();
    await workbench.command('File: Revert File');
  });
});

async function isFocused(index: number): Promise<true | undefined> {
  const step = steps.nth(index);
  return (
    (await step.evaluate((each) => each === each.ownerDocument.activeElement && each.ownerDocument.hasFocus())) ||
    undefined
  );
}

/** Where decorations with an outline lie in the code, or undefined where nothing is marked. */
async function marks(): Promise<string | undefined> {
  const found = await vscode.page.locator('.monaco-editor .view-overlays [class*="ced-"]').evaluateAll((each) =>
    each.map((one) => {
      const { x, y, width } = one.getBoundingClientRect();
      return `${Math.round(x)} ${Math.round(y)} ${Math.round(width)}`;
    }),
  );
  return found.length === 0 ? undefined : found.join(', ');
}
