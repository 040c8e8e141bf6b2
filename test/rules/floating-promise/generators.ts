import { pages } from './lib.ts';

export async function read(): Promise<void> {
  pages();
//^^^^^^^ floating-promise generator
  for await (const page of pages()) console.log(page);
  const iterator = pages();
  await iterator.next();
  iterator.next();
//^^^^^^^^^^^^^^^ floating-promise dropped
}
