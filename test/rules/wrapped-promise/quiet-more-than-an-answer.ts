import { execFile } from 'node:child_process';
import type { Server } from 'node:net';
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('slow')), 1_000);
    server.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    server.listen(port, () => {
      clearTimeout(timer);
      resolve(port);
    });
  });
}
export function lint(args: string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile('lint', args, (error, stdout) => {
      resolve({ code: error ? 1 : 0, text: stdout });
    });
  });
}
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
