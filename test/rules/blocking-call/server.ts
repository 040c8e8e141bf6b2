import { Browser, browsers, openBrowser as open, readPage } from './lib-browser.ts';

export async function listen(url: string): Promise<string> {
  open(url);
//^^^^ blocking-call helper
// related lib-browser.ts:6 "`open` calls `start` here"
// related lib-browser.ts:10 "`start` calls `execSync` here"
  return browsers.find('firefox') + readPage();
//                ^^^^ blocking-call helper
//                related lib-browser.ts:16 "`browsers.find` calls `execFileSync` here"
//                                  ^^^^^^^^ blocking-call helper
//                                  related lib-browser.ts:27 "`readPage` calls `readFileSync` here"
}

// What blocks behind an object is reported where it blocks.
export async function show(browser: Browser): Promise<void> {
  browser.show('page');
}
