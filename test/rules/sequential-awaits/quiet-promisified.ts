import { exec } from 'node:child_process';
import * as fs from 'node:fs';
import { promisify } from 'node:util';

const execAsync = promisify(exec);
const copy = promisify(fs.copyFile);
const run = promisify(exec);

// Commands, one after another: the second needs what the first has done.
export async function signed(app: string, name: string): Promise<string> {
  const { stdout: inner } = await execAsync(`codesign -fs '${name}' '${app}/Contents/MacOS/app'`);
  const { stdout: outer } = await execAsync(`codesign -fs '${name}' '${app}'`);
  return inner + outer;
}

export async function twice(from: string, to: string): Promise<void> {
  await copy(from, `${to}.part`);
  await copy(`${to}.part`, to);
}

export async function built(): Promise<string[]> {
  const first = await run('make configure');
  const second = await run('make');
  return [first.stdout, second.stdout];
}
