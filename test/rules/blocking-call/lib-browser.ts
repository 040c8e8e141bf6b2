import { execFileSync, execSync } from 'node:child_process';
import fs from 'node:fs';

// Nobody in this file waits for it; the server does, in another one.
export function openBrowser(url: string): boolean {
  return start(url);
}

function start(url: string): boolean {
  execSync(`open ${url}`);
//^^^^^^^^ blocking-call reached
// related quiet-server.ts:5 "the async function `listen` calls `open` here"
// related lib-browser.ts:6 "`open` calls `start` here"
  return true;
}

export const browsers = {
  find(name: string): string {
    return execFileSync('which', [name], { encoding: 'utf8' });
//         ^^^^^^^^^^^^ blocking-call reached
//         related quiet-server.ts:6 "the async function `listen` calls `browsers.find` here"
  },
};

// Used by tests and build scripts only.
export function version(): string {
  return execSync('git describe').toString();
}

// A single file is not searched for through the program.
export function readPage(): string {
  return fs.readFileSync('page.html', 'utf8');
}
