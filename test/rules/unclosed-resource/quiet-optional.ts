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
