import { describe, expect, it } from 'vitest';
import { directivePattern } from '../../server/src/engine/directives.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import { commentsMatching, lineStartOf } from '../../server/src/typescript/comments.ts';
import type { FileView } from '../../server/src/typescript/file-view.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** Every word `asynclint-…` in the text below is in a comment if it is called `yes`, and nowhere near one if `no`. */
const text = `
// asynclint-yes-1
const a = 'asynclint-no', b = "// asynclint-no"; /* asynclint-yes-2 */
const t = \`// asynclint-no \${/* asynclint-yes-3 */ a} // asynclint-no\`;
const r = /\\/\\/ asynclint-no/; // asynclint-yes-4
const x = (
  <p title="// asynclint-no" /* asynclint-yes-5 */>
    // asynclint-no
    {/* asynclint-yes-jsx */}
    {a /* asynclint-yes-6 */}
    { /* one */ /* asynclint-yes-7 */ }
    {b}
  </p>
);
function empty() {/* asynclint-yes-8 */}
const u = \`
  \${a}\`;
/* asynclint-yes-9 */`;

describe('comments', () => {
  it('are told from strings, templates and JSX text', async () => {
    const comments = await withView((view) => commentsMatching(view.sourceFile, directivePattern));
    const words = comments.map((comment) => /asynclint-([\w-]+)/.exec(comment.text)?.[1]);
    expect(words).toEqual(['yes-1', 'yes-2', 'yes-3', 'yes-4', 'yes-5', 'yes-jsx', 'yes-6', 'yes-7', 'yes-8', 'yes-9']);
    for (const comment of comments) expect(text.slice(comment.start, comment.end)).toBe(comment.text);
  });

  it('alone in the braces of a JSX child are known as such', async () => {
    const comments = await withView((view) => commentsMatching(view.sourceFile, directivePattern));
    expect(comments.filter((comment) => comment.inJsx).map((comment) => comment.text)).toEqual([
      '/* asynclint-yes-jsx */',
    ]);
  });
});

describe('the beginning of a line', () => {
  it.each([
    ["'asynclint-no', b", 'code'],
    ['<p title', 'code'],
    ['title', 'code'],
    ['{b}', 'jsx'],
    ['</p>', 'jsx'],
    [');\nfunction', 'code'],
    ['${a}`;', 'string'],
  ])('of %s is in %s', async (place, expected) => {
    expect(await withView((view) => lineStartOf(view.sourceFile, text.indexOf(place)))).toBe(expected);
  });
});

async function withView<T>(look: (view: FileView) => T): Promise<T> {
  await using folder = await temporaryFolder({
    'tsconfig.json': '{ "compilerOptions": { "jsx": "preserve" } }',
    'a.tsx': text,
  });
  const session = new Session({ host: nodeHost(), cwd: folder.path });
  try {
    const file = `${folder.path}/a.tsx`;
    await using lease = await session.lease([file], new AbortController().signal);
    const view = await lease.program(file).view(file);
    if (!view) throw new Error('There is no a.tsx.');
    return look(view);
  } finally {
    await session.close();
  }
}
