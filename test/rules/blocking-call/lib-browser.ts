import { execFileSync, execSync } from 'node:child_process';
import fs from 'node:fs';

// Nobody in this file waits for it; the server does, in another one.
export function openBrowser(url: string): boolean {
  return start(url);
}

function start(url: string): boolean {
  execSync(`open ${url}`);
  return true;
}

export const browsers = {
  find(name: string): string {
    return execFileSync('which', [name], { encoding: 'utf8' });
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

export class Browser {
  show(page: string): void {
    execSync(`firefox ${page}`);
//  ^^^^^^^^ blocking-call reached
//  related server.ts:17 "the async function `show` calls `browser.show` here"
  }
}
