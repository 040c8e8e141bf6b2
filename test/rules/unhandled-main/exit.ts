import { build } from './lib.ts';

export async function stop(code: number): Promise<void> {
  build('all').catch(console.error);
  process.exit(code);
//^^^^^^^^^^^^ unhandled-main pendingExit
// related exit.ts:4 "started here"
}

export async function stopInOrder(code: number): Promise<void> {
  build('docs').catch(console.error);
  await build('all');
  process.exit(code);
}

build('all')
  .then(() => process.exit(0))
  .catch(() => process.exit(1));
