// @path tools/lib/release.ts
import fs from 'node:fs';

export async function stamp(): Promise<void> {
  fs.writeFileSync('VERSION', '1');
}
