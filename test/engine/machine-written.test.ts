import { expect, test } from 'vitest';
import { isMachineWritten } from '../../server/src/engine/machine-written.ts';

const minified = `"use strict";(()=>{${'var a=b(c),d=e(f);'.repeat(200)}})();`;
const written = 'export const answer = 42;\n'.repeat(200);

test.each([
  ['minified code', '/p/main.js', minified, true],
  [
    'a bundle with a line of its own for the map',
    '/p/main.mjs',
    `${minified}\n//# sourceMappingURL=main.js.map\n`,
    true,
  ],
  ['a copy of a library', '/p/jquery.js', `/*!\n * jQuery JavaScript Library v1.8.3\n */\n${written}`, true],
  ['a copy of a library on one line', '/p/jquery.js', `/*! jQuery v1.8.3 jquery.com */\n${written}`, true],
  ['what people write', '/p/main.js', written, false],
  ['a license without a version', '/p/main.js', `/*!\n * Copyright the authors\n */\n${written}`, false],
  ['a license with a version of its own', '/p/main.js', `/*!\n * Licensed under Apache-2.0.\n */\n${written}`, false],
  ['a short file on one line', '/p/main.js', minified.slice(0, 1500), false],
  ['TypeScript with a long text in it', '/p/data.ts', `export const data = '${'x'.repeat(5000)}';\n`, false],
])('%s', (_what, path, text, expected) => {
  expect(isMachineWritten(path, text)).toBe(expected);
});
