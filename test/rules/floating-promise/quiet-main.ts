import { load } from './lib.ts';

async function main(): Promise<void> {
  await load('1');
}

// The start of the program is what unhandled-main looks at.
main();
