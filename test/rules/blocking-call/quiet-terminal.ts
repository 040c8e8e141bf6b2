import fs from 'node:fs';

export async function ring(): Promise<void> {
  fs.writeSync(process.stdout.fd, '\u0007');
  fs.writeSync(2, 'done');
}
