// Takes the README's picture, docs/images/warning.png: a real warning and its fixes. `node tools/picture.mjs`, after `npm run package`.
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
try {
  const page = await browser.newPage({ viewport: { width: 960, height: 560 }, deviceScaleFactor: 1.5 });
  const file = remoteUri(server, path.join(root, 'examples/floating/forgotten.ts'));
  await page.goto(workbenchUrl(server, path.join(root, 'examples'), [['openFile', file]]));
  await page.locator('.squiggly-warning').first().waitFor({ state: 'attached', timeout: 60_000 });
  await page.keyboard.press('Control+B');
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'saveUser(name)' }).first().waitFor();
  await page.locator('.view-line', { hasText: 'saveUser(name);' }).first().getByText('saveUser').click();
  const menu = page.locator('.action-widget .monaco-list-row', { hasText: 'Await' });
  for (let attempt = 0; attempt < 10 && !(await menu.first().isVisible()); attempt++) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await menu
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => {});
  }
  const pictures = path.join(root, 'docs/images');
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, 'warning.png') });
} finally {
  await browser.close();
  await server.stop();
}
