import { once } from 'node:events';

export async function pause(ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {}
//^^^^^ blocking-sleep spin
  setTimeout(() => {}, 1);
  await once(process, 'exit');
}
