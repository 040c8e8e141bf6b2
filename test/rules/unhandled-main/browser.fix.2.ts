import { build } from './lib.ts';

async function main(): Promise<void> {
  await build(document.title);
}

main().catch(console.error);
