// @path scripts/tag.ts
import { version } from '../lib-browser.ts';

export async function tag(): Promise<string> {
  return version();
}
