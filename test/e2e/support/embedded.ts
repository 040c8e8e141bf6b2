import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { freshProfile, installExtension, serve } from '../../../tools/lib/embedded-server.mjs';
import { installEmbeddedVSCode } from '../../../tools/lib/embedded-vscode.mjs';
import { findBrowser } from '../../../tools/lib/install.mjs';
import { hostTarget } from '../../../tools/lib/native-compiler.mjs';
import { root } from '../../../tools/lib/paths.mjs';
import { vsixPath } from '../../../tools/lib/vsix.mjs';

/** A running VS Code with the packaged extension in it, and a browser window that shows nothing yet. */
export interface EmbeddedVSCode {
  readonly server: Awaited<ReturnType<typeof serve>>;
  readonly page: Page;
  /** Where pictures and logs of this suite go. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** More arguments for VS Code's server. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Installs the .vsix of this platform into a fresh profile, starts VS Code, and opens a browser. */
export async function openEmbeddedVSCode(suite: string, options: EmbeddedOptions = {}): Promise<EmbeddedVSCode> {
  await installEmbeddedVSCode();
  const executablePath = await findBrowser();
  const profile = freshProfile(path.join(root, '.run', suite), options.settings);
  await installExtension(profile, vsixPath(hostTarget()));
  // What is kept between runs lies in the profile too, so that each suite begins without.
  const env = { XDG_CACHE_HOME: path.join(profile.folder, 'cache'), ...options.env };
  const server = await serve(profile, { args: options.args ?? [], env });
  let browser: BrowserContext | undefined;
  const close = async () => {
    await browser?.close();
    await server.stop();
  };
  try {
    browser = await chromium.launchPersistentContext(path.join(profile.folder, 'browser'), {
      executablePath,
      headless: true,
      viewport: { width: 1400, height: 900 },
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
    await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(90_000);
    return { server, page, folder: profile.folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
