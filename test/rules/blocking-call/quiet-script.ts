// @path scripts/release.ts
import { execSync } from 'node:child_process';

export async function release(): Promise<void> {
  execSync('npm publish');
}
