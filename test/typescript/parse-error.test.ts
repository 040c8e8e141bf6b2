import { expect, it } from 'vitest';
import { nodeHost } from '../../server/src/node-host.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { firstParseError } from '../../server/src/typescript/tree-walk.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

it.each([
  ['an argument that is missing', 'export {};\nsave(;\n', 2],
  ['a brace that is not closed', 'function f() {\n  return 1;\n', 2],
  ['a template that is not closed', 'const a = `${b`;\n', 1],
  ['a comment that is not closed', 'f();\n/* open', 1],
  ['nothing', 'export const found = [1, 2].map((each) => each + 1);\n', undefined],
  [
    'an odd tag in a comment',
    '/** @param {string[]} ...paths - All. */\nexport function join(...paths: string[]) {}\n',
    undefined,
  ],
])('%s does not parse', async (_, text, line) => {
  await using folder = await temporaryFolder({ 'a.ts': text });
  const session = new Session({ host: nodeHost(), cwd: folder.path });
  try {
    const file = folder.file('a.ts');
    await using lease = await session.lease([file], AbortSignal.timeout(60_000));
    const sourceFile = await lease.program(file).sourceFile(file);
    if (!sourceFile) throw new Error('There is no tree.');
    const offset = firstParseError(sourceFile);
    expect(offset === undefined ? undefined : text.slice(0, offset).split('\n').length).toBe(line);
  } finally {
    await session.close();
  }
});
