import { expect, test } from 'vitest';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { Linter } from '../../server/src/engine/linter.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const text = `/*! MIT */
// asynclint-disable-next-line blocking-call -- old
drop(1);
export const page = (
  <p>
    {drop(2)}
  </p>
);
export const mail = \`
\${drop(3)}\`;
`;

test('a finding is suppressed where the syntax tree says how', async () => {
  await using folder = await temporaryFolder({ 'a.tsx': text });
  const file = folder.file('a.tsx');
  const linter = Linter.create({ host: nodeHost(), rules: [], cwd: folder.path });
  const { signal } = new AbortController();
  const after = async (place: string, scope: 'line' | 'file') => {
    const start = text.indexOf(place);
    const finding = { file, span: { start, end: start + 4 }, rule: 'floating-promise' };
    const suppression = await linter.suppression(finding, scope, signal);
    if (!suppression) throw new Error('The file is there.');
    const edited = applyEdits(text, [suppression.edit]);
    const marked = `${edited.slice(0, suppression.cursor)}|${edited.slice(suppression.cursor)}`;
    return marked.split('\n').filter((line) => line.includes('floating-promise'));
  };
  try {
    expect(await after('drop(1)', 'line')).toEqual([
      '// asynclint-disable-next-line blocking-call, floating-promise -- old|',
    ]);
    expect(await after('drop(2)', 'line')).toEqual(['    {/* asynclint-disable-next-line floating-promise -- | */}']);
    expect(await after('drop(3)', 'line')).toEqual(['${/* asynclint-disable-line floating-promise -- | */ drop(3)}`;']);
    expect(await after('drop(3)', 'file')).toEqual(['/* asynclint-disable floating-promise -- | */']);
  } finally {
    await linter.dispose();
  }
});
