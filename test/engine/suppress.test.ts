import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { type LineStart, suppressInFile, suppressOnLine } from '../../server/src/engine/suppress.ts';
import { commentsOf } from './comments-of.ts';

/** The text after suppressing `floating-promise` at `drop(`, with the cursor as `|`. */
function onLine(text: string, lineStart: LineStart = 'code'): string {
  const start = text.indexOf('drop(');
  const request = {
    file: '/a.ts',
    text,
    comments: commentsOf(text),
    span: { start, end: start + 4 },
    rule: 'floating-promise',
  };
  return withCursor(text, suppressOnLine(request, lineStart));
}

function inFile(text: string): string {
  return withCursor(
    text,
    suppressInFile({ file: '/a.ts', text, comments: commentsOf(text), rule: 'floating-promise' }),
  );
}

function withCursor(text: string, { edit, cursor }: ReturnType<typeof suppressOnLine>): string {
  const after = applyEdits(text, [edit]);
  return `${after.slice(0, cursor)}|${after.slice(cursor)}`;
}

describe('on the line', () => {
  test.each<[string, string, string]>([
    [
      'a new line with the same indentation',
      'f();\n\t  drop();\n',
      'f();\n\t  // asynclint-disable-next-line floating-promise -- |\n\t  drop();\n',
    ],
    [
      'the file’s own line breaks',
      'f();\r\n  drop();',
      'f();\r\n  // asynclint-disable-next-line floating-promise -- |\r\n  drop();',
    ],
    [
      'the line of the finding, not of the statement',
      'f(\n  drop(),\n);',
      'f(\n  // asynclint-disable-next-line floating-promise -- |\n  drop(),\n);',
    ],
    [
      'into a directive with a reason',
      '// asynclint-disable-next-line blocking-call -- why not\ndrop();',
      '// asynclint-disable-next-line blocking-call, floating-promise -- why not|\ndrop();',
    ],
    [
      'into a directive without a reason',
      '// asynclint-disable-next-line blocking-call\ndrop();',
      '// asynclint-disable-next-line blocking-call, floating-promise|\ndrop();',
    ],
    [
      'into a directive on the same line',
      'drop(); /* asynclint-disable-line blocking-call -- why */',
      'drop(); /* asynclint-disable-line blocking-call, floating-promise -- why| */',
    ],
    [
      'above what binds another tool to the line',
      '  // eslint-disable-next-line x\n  // @ts-ignore\n  drop();',
      '  // asynclint-disable-next-line floating-promise -- |\n  // eslint-disable-next-line x\n  // @ts-ignore\n  drop();',
    ],
    [
      'below an ordinary comment',
      '  // Starts it.\n  drop();',
      '  // Starts it.\n  // asynclint-disable-next-line floating-promise -- |\n  drop();',
    ],
  ])('%s', (_, text, expected) => expect(onLine(text)).toBe(expected));

  test('in a JSX child', () => {
    expect(onLine('<p>\n  {drop()}\n</p>', 'jsx')).toBe(
      '<p>\n  {/* asynclint-disable-next-line floating-promise -- | */}\n  {drop()}\n</p>',
    );
  });

  test('in a template, where a line of its own would become text', () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the text of a file, not a template
    expect(onLine('`a\n${drop()}`', 'string')).toBe(
      '`a\n${/* asynclint-disable-line floating-promise -- | */ drop()}`',
    );
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the text of a file, not a template
  });
});

describe('in the file', () => {
  const line = '/* asynclint-disable floating-promise -- | */';
  test.each<[string, string, string]>([
    ['at the top', 'drop();\n', `${line}\ndrop();\n`],
    ['an empty file', '', `${line}\n`],
    ['after the shebang', '#!/usr/bin/env node\ndrop();\n', `#!/usr/bin/env node\n${line}\ndrop();\n`],
    [
      'after the licence, before other comments',
      '/*! MIT */\n\n// Saves.\ndrop();\n',
      `/*! MIT */\n${line}\n\n// Saves.\ndrop();\n`,
    ],
    [
      'after a licence of several lines',
      '// Copyright X\n// All rights.\nf();\n',
      `// Copyright X\n// All rights.\n${line}\nf();\n`,
    ],
    ['after the prologue', '"use strict";\n\'use client\'\nf();\n', `"use strict";\n'use client'\n${line}\nf();\n`],
    ['with code behind the prologue', "'use strict'; f();\n", `'use strict'; ${line} f();\n`],
    ['a shebang and no line break', '#!/bin/x', `#!/bin/x\n${line}\n`],
    ['not after an ordinary comment', '// Saves.\nf();\n', `${line}\n// Saves.\nf();\n`],
    [
      'into the directive that is there',
      '/* asynclint-disable blocking-call -- old code */\nf();',
      '/* asynclint-disable blocking-call, floating-promise -- old code| */\nf();',
    ],
    [
      'not into one further down',
      'f();\n/* asynclint-disable blocking-call */\n',
      `${line}\nf();\n/* asynclint-disable blocking-call */\n`,
    ],
  ])('%s', (_, text, expected) => expect(inFile(text)).toBe(expected));
});
