import { build } from './lib.ts';

/** A file with exports is imported by others: what it drops is floating-promise's finding. */
export async function main(): Promise<void> {
  await build('all');
}

main();
