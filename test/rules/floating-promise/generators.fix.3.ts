import { pages } from './lib.ts';

export async function read(): Promise<void> {
  pages();
  for await (const page of pages()) console.log(page);
  const iterator = pages();
  await iterator.next();
  void iterator.next();
}
