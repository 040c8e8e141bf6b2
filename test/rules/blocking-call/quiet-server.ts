import { browsers, openBrowser as open, readPage } from './lib-browser.ts';

// What blocks here is reported where it blocks.
export async function listen(url: string): Promise<string> {
  open(url);
  return browsers.find('firefox') + readPage();
}
