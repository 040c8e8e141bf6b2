import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version of the bundled compiler; `test/meta` checks it against package.json. */
export const typescriptVersion = '7.1.0-beta';

/**
 * Finds the native compiler: the path given, the copy that a package carries in `native/` beside the bundle,
 * or the platform package that npm installed for `typescript`.
 * Throws an Error that says what to do where there is none. The workspace's own TypeScript is never used.
 */
export function findNativeCompiler(explicit?: string): string {
  const binary = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  if (explicit !== undefined) {
    if (existsSync(explicit)) return explicit;
    throw new Error(`There is no TypeScript compiler at ${explicit}.`);
  }
  const beside = path.join(path.dirname(fileURLToPath(import.meta.url)), 'native', binary);
  if (existsSync(beside)) return beside;
  const platformPackage = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  try {
    const require = createRequire(import.meta.url);
    const fromTypeScript = createRequire(require.resolve('typescript/package.json'));
    const found = path.join(path.dirname(fromTypeScript.resolve(platformPackage)), 'lib', binary);
    if (existsSync(found)) return found;
  } catch {
    // Said below, in words that help.
  }
  throw new Error(
    `TypeScript ${typescriptVersion} has no native compiler for ${process.platform}-${process.arch} here. Install asynclint again without omitting optional dependencies.`,
  );
}
