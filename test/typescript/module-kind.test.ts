import { expect, it } from 'vitest';
import { nodeHost } from '../../server/src/node-host.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const files: Readonly<Record<string, { readonly text: string; readonly isCommonJs: boolean }>> = {
  'requires.js': { text: "const fs = require('node:fs');\nfs.watch('.');\n", isCommonJs: true },
  'exports.js': { text: 'module.exports = { name: 1 };\n', isCommonJs: true },
  'one-export.js': { text: 'exports.name = 1;\n', isCommonJs: true },
  'imports.js': { text: "import fs from 'node:fs';\nfs.require('exports.x');\n", isCommonJs: false },
  'export-modifier.js': {
    text: "export const require = (name) => name;\nrequire('x');\n",
    isCommonJs: false,
  },
  'neither.js': { text: 'console.log(1);\n', isCommonJs: false },
  'typed.ts': { text: "const fs = require('node:fs');\n", isCommonJs: false },
  'typed.cts': { text: 'export const a = 1;\n', isCommonJs: true },
};

it('is told by what a script has in it, also where the compiler takes every file for a module', async () => {
  const compilerOptions = { module: 'nodenext', target: 'esnext', allowJs: true, noEmit: true, types: [] };
  const texts = Object.entries(files).map(([name, { text }]) => [name, text]);
  await using folder = await temporaryFolder({
    ...Object.fromEntries(texts),
    'tsconfig.json': JSON.stringify({ compilerOptions }),
  });
  const session = new Session({ host: nodeHost(), cwd: folder.path });
  const names = Object.keys(files);
  try {
    await using lease = await session.lease(names.map(folder.file), AbortSignal.timeout(60_000));
    const views = await Promise.all(names.map((name) => lease.program(folder.file(name)).view(folder.file(name))));
    for (const [index, name] of names.entries()) {
      expect.soft(views[index]?.isCommonJs, name).toBe(files[name]?.isCommonJs);
      if (files[name]?.isCommonJs) expect.soft(views[index]?.allowsTopLevelAwait, name).toBe(false);
    }
  } finally {
    await session.close();
  }
});
