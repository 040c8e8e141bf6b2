import { describe, expect, test } from 'vitest';
import { escapeHtml, interleavingHtml, type PageWords } from '../../client/src/interleaving-html.ts';
import { spotLinks } from '../../client/src/interleaving-links.ts';
import { type InterleavingPage, type Spot, spotsOf } from '../../client/src/interleaving-page.ts';

const spot = (line: number, file = 'src/cache.ts'): Spot => ({
  uri: `file:///repo/${file}`,
  range: { start: { line: line - 1, character: 2 }, end: { line: line - 1, character: 9 } },
  label: `${file}:${line}`,
  code: 'code',
});

const page: InterleavingPage = {
  title: 'cache.ts:6 stale-read',
  text: '',
  rule: 'stale-read',
  message: '`cache` is checked before a wait and written after it',
  tasks: [
    { name: 'request A', at: spot(3) },
    { name: 'request B', at: spot(3) },
  ],
  steps: [
    { task: 0, turn: 1, kind: 'checks', text: 'reads `cache.has(key)` → false', at: spot(4) },
    { task: 0, turn: 1, kind: 'suspends', text: 'waits for `load(key)`', at: spot(5) },
    { task: 1, turn: 2, kind: 'writes', text: 'writes `cache`', at: spot(6) },
    { task: 0, turn: 3, kind: 'writes', text: 'writes `cache`', note: 'overwrites what request B wrote', at: spot(6) },
  ],
  outcome: 'the user of request B is lost',
  evidence: { text: 'two requests can run `handle` at once', at: spot(3, 'src/routes.ts') },
};
const words: PageWords = {
  turn: 'Turn',
  step: 'Step {0} of {1}, turn {2}',
  keys: 'Keys',
  outcome: 'In the end:',
  evidence: 'Both:',
  outdated: 'Outdated',
};
const parts = { nonce: 'n0nce', script: 'https://host/panel.js', style: 'https://host/panel.css', words };

/** The buttons of a page: what they lead to, how they are heard, and whether the Tab key reaches them. */
function buttonsOf(html: string) {
  return [...html.matchAll(/<button [^>]*>/g)].map(([tag]) => ({
    spot: Number(/data-spot="(\d+)"/.exec(tag)?.[1]),
    heard: /aria-label="([^"]*)"/.exec(tag)?.[1],
    isTabStop: !tag.includes('tabindex="-1"'),
  }));
}

describe('the page of a drawing', () => {
  const html = interleavingHtml(page, parts);

  test('lets nothing run or load but its own script and style sheet', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toBe(
      'default-src &#39;none&#39;; style-src &#39;nonce-n0nce&#39;; script-src &#39;nonce-n0nce&#39;',
    );
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/https?:[^"]*/g)).toEqual(['https://host/panel.css', 'https://host/panel.js']);
    expect(html).not.toMatch(/ style=| on\w+=/);
  });

  test('lists the steps in their order, each to be understood by itself', () => {
    const steps = buttonsOf(html.slice(html.indexOf('<ol'), html.indexOf('</ol>')));
    expect(steps.map(({ spot }) => spot)).toEqual([0, 1, 2, 3]);
    expect(steps.map(({ isTabStop }) => isTabStop)).toEqual([true, false, false, false]);
    expect(steps[3]?.heard).toBe(
      'Step 4 of 4, turn 3. request A writes `cache`: overwrites what request B wrote. src/cache.ts:6',
    );
  });

  test('leads from tasks and evidence to their places too', () => {
    const spots = spotsOf(page);
    const others = buttonsOf(html).filter(({ spot }) => spot >= page.steps.length);
    expect(others.map(({ spot }) => spots[spot]?.label)).toEqual([
      'src/cache.ts:3',
      'src/cache.ts:3',
      'src/routes.ts:3',
    ]);
  });

  test('shows who runs and who waits', () => {
    const rows = [...html.matchAll(/<li class="row ([^"]*)">(.*)<\/li>/g)].map(([, row, inner]) => [
      row,
      ...[...(inner ?? '').matchAll(/class="lane (\w+)"/g)].map(([, state]) => state),
    ]);
    expect(rows).toEqual([
      ['odd first', 'runs', 'idle'],
      ['odd', 'runs', 'idle'],
      ['even first', 'waits', 'runs'],
      ['odd first', 'runs', 'idle'],
    ]);
  });

  test('shows code as code', () => {
    expect(html).toContain('reads <code>cache.has(key)</code> → false');
  });

  test('makes nothing of what stands in the code of a project', () => {
    const evil = '`</span><img src=x onerror="alert(1)">` & \'$&\' <script>alert(2)</script>';
    const hostile = interleavingHtml(
      {
        ...page,
        title: evil,
        rule: evil,
        message: evil,
        outcome: evil,
        tasks: page.tasks.map(({ at }) => ({ name: evil, at: { ...at, label: evil } })),
        steps: page.steps.map((step) => ({
          ...step,
          kind: '"><b>',
          text: evil,
          note: evil,
          at: { ...step.at, label: evil },
        })),
        evidence: { text: evil, at: { ...spot(1), label: evil } },
      },
      { ...parts, words: { ...words, step: `${evil} {0}`, turn: evil, keys: evil, outcome: evil, evidence: evil } },
    );
    const tags = (text: string): string[] => [...text.matchAll(/<(\w+)/g)].map(([, name]) => name ?? '');
    const allowed = new Set(tags(html));
    expect(tags(hostile).filter((name) => !allowed.has(name))).toEqual([]);
    expect(hostile.match(/<script/g)).toHaveLength(1);
    expect(hostile.match(/<img|<b>/)).toBeNull();
    // No attribute has come out of its quotes.
    for (const [tag] of hostile.matchAll(/<button [^>]*>/g)) {
      expect(tag).toMatch(
        /^<button type="button" class="[^"]*" data-spot="\d+"(?: tabindex="-1")? aria-label="[^"]*">$/,
      );
    }
  });

  test('without a place of the evidence has no button for one', () => {
    const bare = interleavingHtml({ ...page, evidence: { text: 'it is exported' } }, parts);
    expect(buttonsOf(bare)).toHaveLength(page.steps.length + page.tasks.length);
  });

  test('escaping leaves other text as it is', () => {
    expect(escapeHtml('a → b 😀')).toBe('a → b 😀');
    expect(escapeHtml(`<a href='x' title="y">&</a>`)).toBe(
      '&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;&lt;/a&gt;',
    );
  });
});

describe('links in the text', () => {
  const named = (text: string, spots: readonly Spot[]) =>
    spotLinks(text, spots).map(({ start, end, spot: { label } }) => [text.slice(start, end), label]);

  test('lead to every place that is named, in full or without its folders', () => {
    const text = 'reads src/cache.ts:4\n  cache.ts:5  (src/routes.ts:3)\n';
    expect(named(text, spotsOf(page))).toEqual([
      ['src/cache.ts:4', 'src/cache.ts:4'],
      ['cache.ts:5', 'src/cache.ts:5'],
      ['src/routes.ts:3', 'src/routes.ts:3'],
    ]);
  });

  test('take no part of another name, nor of another number', () => {
    const text = 'lib/src/cache.ts:4 old-cache.ts:4 src/cache.ts:45';
    expect(named(text, [spot(4)])).toEqual([]);
  });

  test('lead nowhere by a name that two files share', () => {
    const spots = [spot(4, 'a/index.ts'), spot(4, 'b/index.ts')];
    expect(named('index.ts:4 b/index.ts:4', spots)).toEqual([['b/index.ts:4', 'b/index.ts:4']]);
  });

  test('know paths that look like patterns', () => {
    expect(named('at src/[id]/page(1).tsx:7', [spot(7, 'src/[id]/page(1).tsx')])).toHaveLength(1);
    expect(spotLinks('nothing', [])).toEqual([]);
  });
});
