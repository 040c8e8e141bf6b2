import { build } from './lib.ts';

async function main(): Promise<void> {
  await build('all');
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
main().then(() => console.log('built')).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
main().finally(() => console.log('done')).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

(async () => {
  await build('docs');
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

const run = async (): Promise<void> => build('tests');
run().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
