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
    // Without imports and exports their names belong to the whole program.
    parseFixture('script.ts', 'const once = 1;\nright();\nright();\n'),
    parseFixture('importer.ts', "import { mark } from './breaking.ts';\nexport const twice = mark * 2;\n"),
  ],
  others: new Map([
    ['lib.d.ts', names],
    ['ambient.d.ts', 'declare function right(): void;\ndeclare function fine(): void;\n'],
  ]),
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
  ({ failures, outputs } = await prove(tools, fixtures));
});

afterAll(async () => {
  await Promise.all([tools.linter.dispose(), tools.compiler.close()]);
  await workspace.remove();
});

async function prove(
  withTools: Tools,
  of: RuleFixtures,
): Promise<{ failures: readonly string[]; outputs: readonly Output[] }> {
  const project = await lintFixtures(withTools, of);
  const texts = new Map(of.fixtures.map(({ path, code }) => [path, code]));
  const [baseline = new Map()] = await checkVariants(withTools, of, [{ texts }], 'baseline');
  return {
    failures: await proveFixes(withTools, of, project, baseline),
    outputs: await renderOutputs(withTools, of, project, baseline),
  };
}

function failureOf(name: string): string {
  return failures.find((failure) => failure.startsWith(`${name}.ts:`)) ?? '';
}

describe('the proof of a fix', () => {
  it('finds nothing wrong with a right one', () => {
    expect(failureOf('two')).toBe('');
    expect(failureOf('script')).toBe('');
    expect(outputs.find(({ name }) => name === 'script.fixed.ts')).toMatchObject({
      text: 'const once = 1;\nfine();\nfine();\n',
      faults: [],
    });
  });

  it('comes to the same in a project with a tsconfig of its own', async () => {
    const tsconfig =
      '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "esnext", "moduleResolution": "bundler" } }';
    const configured = { ...fixtures, others: new Map([...fixtures.others, ['tsconfig.json', tsconfig]]) };
    const elsewhere = await Workspace.create();
    try {
      expect((await prove({ ...tools, workspace: elsewhere }, configured)).failures).toEqual(failures);
    } finally {
      await elsewhere.remove();
    }
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
