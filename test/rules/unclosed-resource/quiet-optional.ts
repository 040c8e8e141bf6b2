import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/** Whoever is piped into it ends it; where there is nobody, nothing fills it. */
export async function start(command: string, log?: string): Promise<void> {
  const child = spawn(command);
  if (log) {
    const stream = createWriteStream(log, { flags: 'w' });
    child.stdout?.pipe(stream);
    child.stderr?.pipe(stream);
  }
  await new Promise((resolve) => child.once('spawn', resolve));
}

export async function startWithLog(command: string): Promise<number | undefined> {
  const child = spawn(command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stream = createWriteStream('log.txt', { flags: 'a' });
  if (child.stdout) child.stdout.pipe(stream);
  if (child.stderr) child.stderr.pipe(stream);
  await new Promise((resolve) => child.once('spawn', resolve));
  return child.pid;
}
