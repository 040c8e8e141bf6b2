import { describe, expect, test } from 'vitest';
import { applyEdits, mergeFixes } from '../../server/src/engine/apply-edits.ts';
import type { Fix } from '../../server/src/model/finding.ts';

function edit(start: number, end: number, newText: string, file = '/a.ts') {
  return { file, span: { start, end }, newText };
}

function fix(title: string, ...edits: ReturnType<typeof edit>[]): Fix {
  return { title, safe: true, edits };
}

describe('applyEdits', () => {
  test('spans refer to the text before, in whatever order they come', () => {
    expect(applyEdits('save(user);', [edit(10, 11, ''), edit(0, 0, 'await '), edit(5, 9, 'u')])).toBe('await save(u)');
  });

  test('insertions at one place keep their order, and may stand at either end of a replacement', () => {
    expect(applyEdits('ab', [edit(1, 1, '1'), edit(1, 1, '2')])).toBe('a12b');
    expect(applyEdits('abc', [edit(1, 2, 'B'), edit(1, 1, '('), edit(2, 2, ')')])).toBe('a(B)c');
  });

  test('nothing to do leaves the text', () => expect(applyEdits('a', [])).toBe('a'));

  test('overlap and places outside the text are refused', () => {
    expect(() => applyEdits('abcd', [edit(0, 2, ''), edit(1, 3, '')])).toThrow(RangeError);
    expect(() => applyEdits('abcd', [edit(3, 5, '')])).toThrow(RangeError);
  });
});

describe('mergeFixes', () => {
  test('fixes that touch wait for the next round', () => {
    const first = fix('1', edit(0, 3, 'x'));
    const overlapping = fix('2', edit(2, 5, 'y'));
    const apart = fix('3', edit(6, 7, 'z'));
    const merged = mergeFixes([first, overlapping, apart]);
    expect(merged.applied).toEqual([first, apart]);
    expect(merged.skipped).toEqual([overlapping]);
    expect(merged.edits.get('/a.ts')).toEqual([edit(0, 3, 'x'), edit(6, 7, 'z')]);
  });

  test('a fix is taken as a whole or not at all', () => {
    const merged = mergeFixes([fix('1', edit(0, 3, 'x')), fix('2', edit(8, 9, ''), edit(2, 5, 'y'))]);
    expect(merged.edits.get('/a.ts')).toEqual([edit(0, 3, 'x')]);
  });

  test('the same import of two fixes is made once', () => {
    const add = edit(0, 0, "import { a } from 'a';\n");
    const merged = mergeFixes([fix('1', add, edit(30, 31, 'x')), fix('2', add, edit(40, 41, 'y'))]);
    expect(merged.skipped).toEqual([]);
    expect(merged.edits.get('/a.ts')).toEqual([add, edit(30, 31, 'x'), edit(40, 41, 'y')]);
  });

  test('two different insertions at one place do not go together, neighbours do', () => {
    expect(mergeFixes([fix('1', edit(3, 3, 'a')), fix('2', edit(3, 3, 'b'))]).skipped).toHaveLength(1);
    expect(mergeFixes([fix('1', edit(3, 5, 'a')), fix('2', edit(5, 5, 'b'))]).skipped).toHaveLength(1);
    expect(mergeFixes([fix('1', edit(3, 5, 'a')), fix('2', edit(5, 7, 'b'))]).skipped).toEqual([]);
  });

  test('files are kept apart and in order', () => {
    const merged = mergeFixes([fix('1', edit(0, 1, '', '/b.ts')), fix('2', edit(0, 1, '', '/a.ts'))]);
    expect([...merged.edits.keys()]).toEqual(['/a.ts', '/b.ts']);
  });
});
