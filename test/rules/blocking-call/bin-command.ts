// @path src/bin/generate.ts
import fs from 'node:fs';

// A folder called `bin` does not make a module a script: others import this one.
export async function generate(output: string): Promise<void> {
  fs.writeFileSync(output, '');
//   ^^^^^^^^^^^^^ blocking-call async
}
