import { execFileSync, execSync, spawnSync } from 'node:child_process';

export async function revision(): Promise<string> {
  return execSync('git rev-parse HEAD', { encoding: 'utf8' }).trim();
//       ^^^^^^^^ blocking-call async
}

export async function fetchAll(cwd: string): Promise<void> {
  execSync('git fetch --all', { cwd });
//^^^^^^^^ blocking-call async
  execFileSync('git', ['gc']);
//^^^^^^^^^^^^ blocking-call async
}

// Output that goes to the terminal, and a status, have no drop-in form.
export async function show(): Promise<number | null> {
  execSync('git log', { stdio: 'inherit' });
//^^^^^^^^ blocking-call async
  return spawnSync('git', ['diff']).status;
//       ^^^^^^^^^ blocking-call async
}
