import { execSync } from 'node:child_process';
import fs from 'node:fs';

function readConfig(path: string): unknown {
  return JSON.parse(fs.readFileSync(path, 'utf8'));
}

function revision(): string {
  return execSync('git rev-parse HEAD').toString();
}

const describe = (path: string): string => `${readConfig(path)} ${revision()}`;

export async function banner(path: string): Promise<string> {
  return describe(path);
//       ^^^^^^^^ blocking-call helper
//       related helpers.ts:12 "`describe` calls `readConfig` here"
//       related helpers.ts:5 "`readConfig` calls `readFileSync` here"
}

export class Cache {
  #load(): void {
    fs.readFileSync('cache.json');
  }

  async get(): Promise<void> {
    this.#load();
//       ^^^^^ blocking-call helper
//       related helpers.ts:23 "`this.#load` calls `readFileSync` here"
    this.#load();
//       ^^^^^ blocking-call helper
//       related helpers.ts:23 "`this.#load` calls `readFileSync` here"
  }
}

export const table = {
  read(path: string): string {
    return fs.readFileSync(path, 'utf8');
  },
  async print(path: string): Promise<void> {
    console.log(table.read(path));
//                    ^^^^ blocking-call helper
//                    related helpers.ts:38 "`table.read` calls `readFileSync` here"
  },
};

function each(path: string): void {
  fs.unlinkSync(path);
}

export async function clear(paths: readonly string[]): Promise<void> {
  paths.forEach(each);
//              ^^^^ blocking-call helper
//              related helpers.ts:48 "`each` calls `unlinkSync` here"
}

function countdown(n: number): void {
  fs.writeFileSync('count', String(n));
  if (n > 0) countdown(n - 1);
}

export async function start(): Promise<void> {
  countdown(3);
//^^^^^^^^^ blocking-call helper
// related helpers.ts:58 "`countdown` calls `writeFileSync` here"
}

// A probe behind a helper is not worth a word.
function has(path: string): boolean {
  return fs.existsSync(path);
}

export async function check(path: string): Promise<boolean> {
  return has(path);
}
