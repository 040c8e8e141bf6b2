import { build } from './lib.ts';

async function main(): Promise<void> {
  try {
    await build('all');
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

async function run(): Promise<void> {
  await build('all');
}

main();
await run();
run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
void run();
