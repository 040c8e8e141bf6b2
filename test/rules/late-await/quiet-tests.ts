// @path user.test.ts
import { load, use } from './lib.ts';

/** In a test the rejection fails the test, and starting first is how it watches what happens meanwhile. */
export async function meanwhile(): Promise<void> {
  const user = load('1');
  await load('2');
  use(await user);
}
