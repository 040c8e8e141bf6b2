import { load } from './lib.ts';

export async function inTest(): Promise<unknown> {
  setInterval(() => undefined, 1000);
  return Promise.race([load('1'), new Promise((resolve) => setTimeout(resolve, 5000))]);
}
