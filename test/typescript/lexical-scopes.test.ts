import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../server/src/node-host.ts';
import { type Identifier, isIdentifier, type Node } from '../../server/src/typescript/ast.ts';
import { declarationName } from '../../server/src/typescript/lexical-scopes.ts';
import { normalise } from '../../server/src/typescript/paths.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const signal = new AbortController().signal;

async function identifiersOf(session: Session, file: string) {
  const lease = await session.lease([file], signal);
  const program = lease.program(file);
  const view = await program.view(file);
  if (!view) throw new Error(`no view of ${file}`);
  const found: Identifier[] = [];
  const visit = (node: Node): void => {
    if (isIdentifier(node)) found.push(node);
    node.forEachChild(visit);
  };
  visit(view.sourceFile);
  return { found, program, lease };
}

describe('the declaration of a name', () => {
  it('is found by scope', async () => {
    const text = [
      "import { readFile as read } from 'node:fs';",
      'const a = 1;',
      'function outer(b: number, { c: d }: { c: number }) {',
      '  var late = b;',
      '  { const a = late; log(a, d); }',
      '  for (const e of [a]) log(e);',
      '  try { log(a); } catch (f) { log(f); }',
      '  switch (b) { case 1: const g = b; log(g); }',
      '}',
      'function log(...values: unknown[]) { read; values; unknownName; }',
      'function twice(x: string): void; function twice(x: number): void; function twice(x: unknown) { x; }',
      'twice(1);',
    ].join('\n');
    await using folder = await temporaryFolder({ 'a.ts': text });
    await using session = closing(new Session({ host: nodeHost(), cwd: folder.path }));
    const { found, lease } = await identifiersOf(session.value, folder.file('a.ts'));
    await using _ = lease;
    const at = (node: Node): string => {
      const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
      return `${line + 1}`;
    };
    const lines = found
      .filter((use) => declarationName(use) !== use)
      .map((use) => {
        const declared = declarationName(use);
        return `${at(use)} ${use.text} → ${declared ? at(declared) : '?'}`;
      });
    expect(lines).toMatchInlineSnapshot(`
      [
        "1 readFile → ?",
        "3 c → ?",
        "3 c → ?",
        "4 b → 3",
        "5 late → 4",
        "5 log → 10",
        "5 a → 5",
        "5 d → 3",
        "6 a → 2",
        "6 log → 10",
        "6 e → 6",
        "7 log → 10",
        "7 a → 2",
        "7 log → 10",
        "7 f → 7",
        "8 b → 3",
        "8 b → 3",
        "8 log → 10",
        "8 g → 8",
        "10 read → 1",
        "10 values → 10",
        "10 unknownName → ?",
        "11 twice → ?",
        "11 twice → ?",
        "11 twice → ?",
        "11 x → 11",
        "12 twice → ?",
      ]
    `);
  });

  it('is the one that the checker finds, wherever it is found', async () => {
    const folder = normalise(path.resolve(import.meta.dirname, '../../server/src/typescript'));
    const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
    await using session = closing(new Session({ host: nodeHost(), cwd: folder }));
    let compared = 0;
    for (const file of files) {
      const { found, program, lease } = await identifiersOf(session.value, file);
      await using _ = lease;
      const wrong = await Promise.all(
        found.map(async (use) => {
          const declared = declarationName(use);
          if (!declared || isNameOfMember(use)) return undefined;
          const symbol = await program.queries.symbolAt(use);
          const nodes = await Promise.all(
            (symbol?.declarations ?? []).map((handle) => program.queries.declaration(handle)),
          );
          compared++;
          return nodes.some((node) => (node as { name?: Node } | undefined)?.name === declared)
            ? undefined
            : `${file}: ${use.text} at ${use.getStart()}`;
        }),
      );
      expect(wrong.filter(Boolean)).toEqual([]);
    }
    expect(compared).toBeGreaterThan(2000);
  });
});

/** Names of declarations and of members; the latter belong to no scope. */
function isNameOfMember(use: Identifier): boolean {
  const { name, propertyName } = use.parent as Node & { readonly name?: Node; readonly propertyName?: Node };
  return name === use || propertyName === use;
}

function closing(value: Session): AsyncDisposable & { readonly value: Session } {
  return { value, [Symbol.asyncDispose]: () => value.close() };
}
