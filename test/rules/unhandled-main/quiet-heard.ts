import { build } from './lib.ts';

process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(1);
});

async function main(): Promise<void> {
  await build('all');
}

/** The handler above reports what fails. */
main();
