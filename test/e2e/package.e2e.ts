// What is in the .vsix, and nothing else.
import { statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Entry, open, type ZipFile } from 'yauzl';
import { hostTarget } from '../../tools/lib/native-compiler.mjs';
import { vsixPath } from '../../tools/lib/vsix.mjs';

interface Packed {
  readonly name: string;
  readonly bytes: number;
  readonly executable: boolean;
}

let packed: readonly Packed[] = [];
const file = vsixPath(hostTarget());

beforeAll(async () => {
  packed = await entries(file);
});

describe('the package', () => {
  it('holds what runs or is shown, and nothing else', () => {
    const expected = [
      /^\[Content_Types\]\.xml$/,
      /^extension\.vsixmanifest$/,
      /^extension\/package(\.nls)?\.json$/,
      /^extension\/(LICENSE\.txt|readme\.md|changelog\.md)$/,
      /^extension\/dist\/(cli|server|shared-\w+)\.js$/,
      /^extension\/dist\/extension\.cjs$/,
      /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
      /^extension\/dist\/native\/(tsc(\.exe)?|lib[\w.]*\.d\.ts|LICENSE|NOTICE\.txt)$/,
      /^extension\/docs\/images\/(?:interleaving|warning)\.png$/,
      /^extension\/docs\/rules\/[\w-]+\.md$/,
      /^extension\/l10n\/bundle\.l10n(\.\w+)?\.json$/,
      /^extension\/media\/(icon\.png|walkthrough\/\w+\.md)$/,
      /^extension\/media\/interleaving\/panel\.(?:css|js)$/,
      /^extension\/server\/schema\/asynclint(?:-knowledge)?\.schema\.json$/,
      /^extension\/syntaxes\/\w+\.tmLanguage\.json$/,
    ];
    const names = packed.map(({ name }) => name);
    expect(names.filter((name) => !expected.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(expected.filter((pattern) => !names.some((name) => pattern.test(name)))).toEqual([]);
  });

  it('carries the native compiler as a program that may run', () => {
    const compiler = packed.find(({ name }) => /native\/tsc(\.exe)?$/.test(name));
    expect(compiler?.bytes).toBeGreaterThan(10_000_000);
    expect(compiler?.executable || process.platform === 'win32').toBe(true);
  });

  it('is small beside its compiler', () => {
    const ours = packed.filter(({ name }) => !name.includes('/native/')).reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(
      `${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB, of which ours, unpacked: ${(ours / 1e6).toFixed(1)} MB`,
    );
    expect(ours).toBeLessThan(8_000_000);
  });
});

function entries(zip: string): Promise<Packed[]> {
  return new Promise((resolve, reject) => {
    open(zip, { lazyEntries: false }, (error, opened) => {
      if (error) return reject(error);
      collect(opened, resolve, reject);
    });
  });
}

function collect(zip: ZipFile, done: (found: Packed[]) => void, failed: (error: Error) => void): void {
  const found: Packed[] = [];
  zip.on('entry', (entry: Entry) => {
    // The upper half holds the Unix mode.
    const mode = entry.externalFileAttributes >>> 16;
    found.push({ name: entry.fileName, bytes: entry.uncompressedSize, executable: (mode & 0o111) !== 0 });
  });
  zip.on('end', () => done(found));
  zip.on('error', failed);
}
