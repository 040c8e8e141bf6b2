import { lock } from 'proper-lockfile';
import { work } from './lib.ts';

export async function dropped(path: string): Promise<void> {
  await lock(path);
//      ^^^^ unreleased-lock dropped
  await work(path);
}
