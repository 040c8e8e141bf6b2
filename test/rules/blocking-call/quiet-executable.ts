#!/usr/bin/env node
import fs from 'node:fs';

export async function run(path: string): Promise<void> {
  fs.writeFileSync(path, '');
}

await run('out');
