import { build } from './lib.ts';

async function main(): Promise<void> {
  await build(document.title);
}

main();
// <0 ^^^^^^ unhandled-main unhandled
// related lib.ts:2 "can throw here"
