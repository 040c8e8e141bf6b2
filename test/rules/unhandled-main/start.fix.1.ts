import { build } from './lib.ts';

async function main(): Promise<void> {
  await build('all');
}

await main();
await main().then(() => console.log('built'));
await main().finally(() => console.log('done'));

await (async () => {
  await build('docs');
})();

const run = async (): Promise<void> => build('tests');
await run();
