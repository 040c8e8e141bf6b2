import { exec, execFile, execSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

export async function revision(): Promise<string> {
  return (await promisify(exec)('git rev-parse HEAD', { encoding: 'utf8' })).stdout.trim();
}

export async function fetchAll(cwd: string): Promise<void> {
  await promisify(exec)('git fetch --all', { cwd });
  await promisify(execFile)('git', ['gc']);
}

// Output that goes to the terminal, and a status, have no drop-in form.
export async function show(): Promise<number | null> {
  execSync('git log', { stdio: 'inherit' });
  return spawnSync('git', ['diff']).status;
}
