import { build } from './lib.ts';

async function main(): Promise<void> {
  await build('all');
}

main();
// <0 ^^^^^^ unhandled-main unhandled
// related lib.ts:2 "can throw here"
main().then(() => console.log('built'));
// <0 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unhandled-main unhandled
// related lib.ts:2 "can throw here"
main().finally(() => console.log('done'));
// <0 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unhandled-main unhandled
// related lib.ts:2 "can throw here"

(async () => {
// <0 ^^^^^^^^^^^^ unhandled-main unhandled
// related lib.ts:2 "can throw here"
  await build('docs');
})();

const run = async (): Promise<void> => build('tests');
run();
// <0 ^^^^^ unhandled-main unhandled
// related lib.ts:2 "can throw here"
