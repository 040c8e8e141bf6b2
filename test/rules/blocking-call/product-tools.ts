// @path src/tools/esbuild.ts
import fs from 'node:fs';

// Below `src` a folder of tools, and a file named after one, are the product.
export async function stamp(): Promise<void> {
  fs.writeFileSync('VERSION', '1');
//   ^^^^^^^^^^^^^ blocking-call async
}
