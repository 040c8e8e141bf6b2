import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** VS Code's window, driven as a person does: by what is visible, with mouse and keyboard. */
export class Workbench {
  readonly page: Page;
  readonly #folder: string;

  constructor(page: Page, folder: string) {
    this.page = page;
    this.#folder = folder;
  }

  /** The editor that has the focus. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Squiggles of warnings in the open editor. */
  get warnings(): Locator {
    return this.editor.locator('.squiggly-warning');
  }

  /** The line of the open editor that shows this text. */
  line(text: string): Locator {
    return this.editor.locator('.view-line', { hasText: spaced(text) }).first();
  }

  /** Rows of the Problems panel. */
  problems(text: string | RegExp): Locator {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: text });
  }

  /** Entries of the open lightbulb menu. */
  menuEntry(text: string | RegExp): Locator {
    return this.page.locator('.action-widget .monaco-list-row', { hasText: text });
  }

  /** Opens a file by typing its name, and waits until it is shown. */
  async openFile(name: string): Promise<void> {
    await this.quickInput('Control+P', name);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: path.basename(name) })
      .first()
      .click();
    await this.page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
    await this.editor.locator('.view-line').first().waitFor();
  }

  /** Runs a command by its title in the palette. */
  async command(title: string): Promise<void> {
    await this.quickInput('F1', `>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  }

  async closeEditor(tab: Locator): Promise<void> {
    await tab.click();
    await this.command('View: Close Editor');
    await tab.waitFor({ state: 'detached' });
  }

  async closeMenus(): Promise<void> {
    const menu = this.page.locator('.action-widget, .quick-input-widget:visible');
    for (let attempt = 0; attempt < 5 && (await menu.count()) > 0; attempt++) await this.page.keyboard.press('Escape');
  }

  /** Whatever takes the focus meanwhile, such as a page that has just been loaded, closes the input again, hence several tries. */
  async quickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await input.waitFor({ timeout: 10_000 });
        await input.fill(text, { timeout: 5000 });
        await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: 10_000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /**
   * Puts the cursor into `word` of the line and opens its lightbulb menu; resolves when `expected` is listed.
   * Code actions that are still being computed can close the menu again, hence several tries.
   */
  async openFixes(line: Locator, word: string, expected: Locator): Promise<void> {
    await line.getByText(word, { exact: false }).first().click();
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('Control+.');
      try {
        await expected.first().waitFor({ timeout: 5000 });
        return;
      } catch (error) {
        if (attempt === 8) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** A picture for whoever reads a failed run. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(this.#folder, `${name}.png`) });
  }
}

/** Monaco renders spaces as no-break spaces. */
function spaced(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ \\u00a0]'));
}
