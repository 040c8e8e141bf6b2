// Takes the README's pictures in docs/images: a real warning with its fixes, and a race drawn. `node tools/picture.mjs`, after `npm run package`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { freshProfile, installExtension, remoteUri, serve, workbenchUrl } from './lib/embedded-server.mjs';
import { installEmbeddedVSCode } from './lib/embedded-vscode.mjs';
import { findBrowser } from './lib/install.mjs';
import { hostTarget } from './lib/native-compiler.mjs';
import { root } from './lib/paths.mjs';
import { endChildrenOnSignals } from './lib/processes.mjs';
import { vsixPath } from './lib/vsix.mjs';

endChildrenOnSignals();
await installEmbeddedVSCode();
const profile = freshProfile(path.join(root, '.run', 'picture'), {
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
});
await installExtension(profile, vsixPath(hostTarget()));
const server = await serve(profile);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
const pictures = path.join(root, 'docs/images');
try {
  mkdirSync(pictures, { recursive: true });
  await takeWarning(await open('examples/floating/forgotten.ts', { width: 960, height: 560 }));
  await takeDrawing(await open('examples/race/pool.ts', { width: 1200, height: 620 }));
} finally {
  await browser.close();
  await server.stop();
}

/** A window on a file of the examples, once it has a warning. */
async function open(example, viewport) {
  const page = await browser.newPage({ viewport, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(120_000);
  const file = remoteUri(server, path.join(root, example));
  await page.goto(workbenchUrl(server, path.join(root, 'examples'), [['openFile', file]]));
  await page.locator('.squiggly-warning').first().waitFor({ state: 'attached' });
  await page.keyboard.press('Control+B');
  return page;
}

async function takeWarning(page) {
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'saveUser(name)' }).first().waitFor();
  await openMenu(
    page,
    page.locator('.view-line', { hasText: 'saveUser(name);' }).first().getByText('saveUser'),
    'Await',
  );
  await page.screenshot({ path: path.join(pictures, 'warning.png') });
  await page.close();
}

async function takeDrawing(page) {
  const word = page
    .locator('.view-line', { hasText: /=\sawait\sconnect/ })
    .first()
    .getByText('#connection');
  await (await openMenu(page, word, 'Draw interleaving')).click();
  const drawing = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await drawing.locator('button.step').first().waitFor();
  await page.keyboard.press('End');
  await drawing.locator('button.step').last().and(drawing.locator('.current')).waitFor();
  await page.screenshot({ path: path.join(pictures, 'interleaving.png') });
  await page.close();
}

/** Opens the lightbulb menu at a word; code actions that are still being computed can close it again. */
async function openMenu(page, word, entry) {
  await word.click();
  const row = page.locator('.action-widget .monaco-list-row', { hasText: entry }).first();
  for (let attempt = 0; attempt < 10 && !(await row.isVisible()); attempt++) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await row.waitFor({ timeout: 5000 }).catch(() => {});
  }
  return row;
}
