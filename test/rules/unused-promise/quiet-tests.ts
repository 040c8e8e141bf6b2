// @path user.test.ts
import { find, load, use } from './lib.ts';

/** A test that throws has failed already. */
export async function failsFirst(): Promise<void> {
  const user = load('1');
  if (!find('1')) throw new Error('Timed out.');
  use(await user);
}
