import { get } from 'node:https';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
interface Bus { on(name: string, f: (m: { id: string; ok: boolean }) => void): void }
export function reply(bus: Bus, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    bus.on('message', (message) => {
      if (message.id === id) resolve(message.ok);
    });
  });
}
export function fetchPage(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      if (response.statusCode === 302) {
        fetchPage(String(response.headers.location)).then(resolve, reject);
        return;
      }
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    }).on('error', reject);
  });
}
export function askNumber(question: string): Promise<number> {
  const rl = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    const again = (): void => {
      rl.question(question, (answer) => {
        const n = Number(answer);
        if (Number.isNaN(n)) {
          again();
          return;
        }
        rl.close();
        resolve(n);
      });
    };
    again();
  });
}
export function run(command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else if (code !== null) reject(new Error(`exit ${code}`));
      else reject(new Error('killed'));
    });
  });
}
export function settled(xs: Array<(done: () => void) => void>): Promise<void> {
  return new Promise((resolve) => {
    let left = xs.length;
    for (const x of xs)
      x(() => {
        if (--left === 0) resolve();
      });
  });
}
export function check(n: number): Promise<number> {
  return new Promise((resolve, reject) => {
    if (n < 0) reject(new RangeError('negative'));
    else if (n > 10) reject(new RangeError('too big'));
    else resolve(n);
  });
}
