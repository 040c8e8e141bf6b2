import { EventEmitter } from 'node:events';

export const driver = new EventEmitter().once('ready', () => void flash().catch(console.error));

// What ends the process runs once in it.
async function flash(): Promise<void> {
  let last = 0;
  driver.on('progress', (progress: number) => {
    last = Math.max(last, progress);
    console.log(last);
  });
  driver.on('finished', () => process.exit(0));
  await fetch('http://localhost/flash');
}
