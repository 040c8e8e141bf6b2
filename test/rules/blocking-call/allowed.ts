// @options {"allow": ["existsSync", "sync"]}
import fs from 'node:fs';
import which from 'which';

function prepare(path: string): void {
  if (!fs.existsSync(path)) fs.mkdirSync(path);
}

export async function run(path: string): Promise<void> {
  if (fs.existsSync(path)) which.sync(path);
  fs.statSync(path);
//   ^^^^^^^^ blocking-call async
  prepare(path);
//^^^^^^^ blocking-call helper
// related allowed.ts:6 "`prepare` calls `mkdirSync` here"
}
