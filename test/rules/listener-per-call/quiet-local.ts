import { spawn } from 'node:child_process';

/** It is called as the global is, and is a process of this call. */
export function output(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const process = spawn(command);
    let text = '';
    process.stdout.on('data', (data: Buffer) => {
      text += data.toString();
    });
    process.on('error', reject);
    process.on('exit', () => resolve(text));
  });
}
