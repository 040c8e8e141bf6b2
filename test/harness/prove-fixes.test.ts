/** The proofs on a rule whose fixes are wrong in every way that they have to notice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Linter } from '../../server/src/engine/linter.ts';
import type { Fix } from '../../server/src/model/finding.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import { defineRule, type Rule, type RuleContext } from '../../server/src/rules/define.ts';
import { type CallExpression, isIdentifier } from '../../server/src/typescript/ast.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { parseFixture } from './fixture.ts';
import { lintFixtures } from './lint-fixtures.ts';
import { type Output, renderOutputs } from './outputs.ts';
import { proveFixes } from './prove-fixes.ts';
import { checkVariants, type Tools } from './variants.ts';
import { type RuleFixtures, Workspace } from './workspace.ts';

const repairs: Readonly<Record<string, (call: CallExpression, ctx: RuleContext) => Fix>> = {
  right: (call, { fix }) => fix.safe('Right', fix.replace(call.expression, 'fine')),
  unparsable: (call, { fix }) => fix.choice('Unparsable', fix.replace(call, 'fine(')),
  untyped: (call, { fix }) => fix.choice('Untyped', fix.replace(call.expression, 'fine.no')),
  useless: (call, { fix }) => fix.choice('Useless', fix.after(call, ' // still here')),
  repeating: (call, { fix }) => fix.choice('Repeating', fix.replace(call, 'fine(), right(), right()')),
  swallowing: (call, { fix }) => fix.choice('Swallowing', fix.replace(call, 'fine()')),
  unsafe: (call, { fix }) => fix.safe('Unsafe', fix.replace(call, 'await fine()')),
  overlapping: (call, { fix }) =>
    fix.choice('Overlapping', fix.replace(call, 'fine()'), fix.replace(call.expression, 'fine')),
  empty: (_, { fix }) => fix.choice('Empty'),
  breaking: (call, { fix }) =>
    fix.choice('Breaking', fix.replace(call, 'fine()'), fix.replace({ start: 0, end: 'export '.length }, '')),
};

const badFixes: Rule = defineRule({
  id: 'bad-fixes',
  family: 'floating',
  principle: 1,
  summary: 'Calls of some names',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: { found: { text: 'Found', why: 'So.', help: 'So.' } },
  on: {
    CallExpression(call, ctx) {
      const repair = isIdentifier(call.expression) ? repairs[call.expression.text] : undefined;
      if (repair) ctx.report('found', call.expression, { fixes: () => [repair(call, ctx as unknown as RuleContext)] });
    },
  },
});

const names = `export declare const ${Object.keys(repairs)
  .map((name) => `${name}: (...rest: unknown[]) => void`)
  .join(', ')};\nexport declare const fine: () => void;\n`;

function fixture(name: string, body: string): ReturnType<typeof parseFixture> {
  const imports = `import { fine, ${Object.keys(repairs).join(', ')} } from './lib.ts';\n`;
  return parseFixture(
    name,
    `export const mark = 1;\n${imports}${body}\nexport { fine, ${Object.keys(repairs).join(', ')} };\n`,
  );
}

const fixtures: RuleFixtures = {
  rule: badFixes.id,
  directory: '',
  fixtures: [
    ...Object.keys(repairs).map((name) =>
      fixture(`${name}.ts`, `export async function f() {\n  ${name}(/* kept? */);\n}`),
    ),
    fixture('two.ts', 'right();\nright();'),
    parseFixture('importer.ts', "import { mark } from './breaking.ts';\nexport const twice = mark * 2;\n"),
  ],
  others: new Map([['lib.d.ts', names]]),
  goldens: new Map(),
  frames: undefined,
};

let workspace: Workspace;
let tools: Tools;
let failures: readonly string[];
let outputs: readonly Output[];

beforeAll(async () => {
  workspace = await Workspace.create();
  const linter = Linter.create({ host: nodeHost(), rules: [badFixes], cwd: workspace.root });
  tools = {
    linter,
    compiler: new Session({ host: nodeHost(), cwd: workspace.root }),
    workspace,
    ruleIds: [badFixes.id],
  };
  const project = await lintFixtures(tools, fixtures);
  const texts = new Map(fixtures.fixtures.map(({ path, code }) => [path, code]));
  const [baseline = new Map()] = await checkVariants(tools, fixtures, [{ texts }], 'baseline');
  failures = await proveFixes(tools, fixtures, project, baseline);
  outputs = await renderOutputs(tools, fixtures, project, baseline);
});

afterAll(async () => {
  await Promise.all([tools.linter.dispose(), tools.compiler.close()]);
  await workspace.remove();
});

function failureOf(name: string): string {
  return failures.find((failure) => failure.startsWith(`${name}.ts:`)) ?? '';
}

describe('the proof of a fix', () => {
  it('finds nothing wrong with a right one', () => {
    expect(failureOf('two')).toBe('');
  });

  it.each([
    ['unparsable', /the compiler complain in unparsable\.ts: TS1\d\d\d/],
    ['untyped', /the compiler complain in untyped\.ts: TS2339: Property 'no' does not exist/],
    ['useless', /leaves the finding where it is/],
    ['repeating', /leaves the finding where it is/],
    ['repeating', /brings a new finding in repeating\.ts: bad-fixes found/],
    ['swallowing', /loses the comment \/\* kept\? \*\//],
    ['unsafe', /is called safe and adds `await`/],
    ['overlapping', /Edits overlap/],
    ['empty', /has no edits/],
    ['breaking', /the compiler complain in importer\.ts: TS2459/],
  ])('notices that %s is', (name, reason) => {
    expect(failureOf(name)).toMatch(reason);
  });
});

describe('outputs', () => {
  it('apply every fix of one sort', () => {
    const fixed = outputs.find(({ name }) => name === 'two.fixed.ts');
    expect(fixed?.text).toContain('fine();\nfine();');
    expect(fixed?.faults).toEqual([]);
    expect([...(fixed?.keys ?? [])]).toEqual(['found']);
  });

  it('end where a fix offers itself again and again', () => {
    expect(outputs.find(({ name }) => name === 'useless.fix.1.ts')?.faults.join()).toContain(
      'offers something to apply after 10 rounds',
    );
  });
});
