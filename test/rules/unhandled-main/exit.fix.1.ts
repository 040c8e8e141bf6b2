import { build } from './lib.ts';

export async function stop(code: number): Promise<void> {
  await build('all').catch(console.error);
  process.exit(code);
}

export async function stopInOrder(code: number): Promise<void> {
  build('docs').catch(console.error);
  await build('all');
  process.exit(code);
}

build('all')
  .then(() => process.exit(0))
  .catch(() => process.exit(1));
