import { load } from './lib.ts';

/** Somebody hears of what fails while the program starts. */
process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exitCode = 1;
});

load('1');
