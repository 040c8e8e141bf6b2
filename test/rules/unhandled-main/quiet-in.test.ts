import { build } from './lib.ts';

async function main(): Promise<void> {
  await build('all');
}

main();
