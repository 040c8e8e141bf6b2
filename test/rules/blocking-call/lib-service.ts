import fs from 'node:fs';

// A script starts it, and a server uses it as well.
export async function reload(): Promise<void> {
  fs.readFileSync('settings.json');
//   ^^^^^^^^^^^^ blocking-call async
}
