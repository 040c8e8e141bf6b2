import { expect, test } from 'vitest';
import { Linter } from '../../server/src/engine/linter.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import { defineRule, type RuleContext } from '../../server/src/rules/define.ts';
import type { Node } from '../../server/src/typescript/ast.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const shared = {
  family: 'floating',
  principle: 1,
  summary: 'A call',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: { found: { text: 'A call', why: 'It calls.', help: 'Do not.' } },
} as const;

const report = (node: Node, ctx: RuleContext, fails: boolean): void =>
  ctx.report('found', node, {
    fixes: async () => {
      if (fails) throw new Error('no idea');
      return [];
    },
  });

const rules = [
  defineRule({
    ...shared,
    id: 'looks',
    on: {
      CallExpression: () => {
        throw new Error('cannot look');
      },
    },
  }),
  defineRule({ ...shared, id: 'mends', on: { CallExpression: (node, ctx) => report(node, ctx, true) } }),
  defineRule({ ...shared, id: 'works', on: { CallExpression: (node, ctx) => report(node, ctx, false) } }),
];

test('a rule that fails is named; its fix that fails is left out, and all findings stand', async () => {
  await using folder = await temporaryFolder({ 'a.ts': 'f();\ng();\ndeclare function f(): void;\n' });
  const linter = Linter.create({ host: nodeHost(), rules, cwd: folder.path });
  try {
    const signal = AbortSignal.timeout(60_000);
    const [result] = await linter.lint([folder.file('a.ts')], { signal, withFixes: true });
    expect(result?.findings.map(({ rule }) => rule).sort()).toEqual(['mends', 'mends', 'works', 'works']);
    expect(result?.notes.map(({ text }) => text.split('\n', 1)[0])).toEqual([
      'looks failed on this file and was left out: cannot look',
      'mends failed on this file and was left out: no idea',
    ]);
  } finally {
    await linter.dispose();
  }
});
