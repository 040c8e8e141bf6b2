import { createServer } from 'node:http';
import { load } from './lib.ts';

// Told to listen in the turn in which somebody waits for its errors.
export async function listen(port: number): Promise<void> {
  await load();
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
