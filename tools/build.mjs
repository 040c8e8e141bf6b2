// Bundles the three programs into dist/: cli.js, server.js and extension.cjs. `npm run build`
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './lib/paths.mjs';
import { thirdPartyNotices } from './lib/third-party.mjs';

const dist = path.join(root, 'dist');

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // jsonc-parser's other build hides its parts from the bundler.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Names stay readable, so that a stack trace in a bug report can be read; the size of the package is the compiler's.
  minifySyntax: true,
};

// The command line and the server share their code. Both are ES modules; CommonJS packages among their
// dependencies call `require` and ask for `__filename`, which an ES module has to make.
const programs = build({
  ...common,
  entryPoints: { cli: 'server/src/cli/main.ts', server: 'server/src/lsp/main.ts' },
  outdir: dist,
  format: 'esm',
  splitting: true,
  chunkNames: 'shared-[hash]',
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileURLToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url), __filename = __fileURLToPath(import.meta.url);',
    ].join(' '),
  },
});
// VS Code's extension host loads CommonJS, and provides `vscode`.
const extension = build({
  ...common,
  entryPoints: ['client/src/extension.ts'],
  outfile: path.join(dist, 'extension.cjs'),
  format: 'cjs',
  external: ['vscode'],
});

const metafiles = (await Promise.all([programs, extension])).map((result) => result.metafile);
const outputs = new Set(metafiles.flatMap((meta) => Object.keys(meta.outputs).map((file) => path.basename(file))));
for (const file of readdirSync(dist)) {
  if (/\.c?js$/.test(file) && !outputs.has(file)) rmSync(path.join(dist, file));
}
writeFileSync(
  path.join(dist, 'THIRD-PARTY-NOTICES.txt'),
  thirdPartyNotices(metafiles.flatMap((meta) => Object.keys(meta.inputs))),
);
