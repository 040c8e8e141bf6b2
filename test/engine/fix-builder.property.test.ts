/** What the builder writes parses, wherever in real code it is written: our own sources are the sample. */
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { FixBuilder } from '../../server/src/engine/fix-builder.ts';
import type { TextEdit } from '../../server/src/model/finding.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import {
  awaitIsAllowed,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  type Node,
  spanOf,
} from '../../server/src/typescript/ast.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { repository, Workspace } from '../harness/workspace.ts';

type Change = (fix: FixBuilder, node: Node) => readonly TextEdit[] | undefined;

const changes: Readonly<Record<string, Change>> = {
  awaiting: (fix, node) => (isCallExpression(node) && awaitIsAllowed(node, true) ? fix.awaiting(node) : undefined),
  'awaiting callees': (fix, node) =>
    isIdentifier(node) && isCallExpression(node.parent) && awaitIsAllowed(node, true) ? fix.awaiting(node) : undefined,
  voiding: (fix, node) => (isCallExpression(node) ? fix.voiding(node) : undefined),
  removeAwait: (fix, node) => (isAwaitExpression(node) ? fix.removeAwait(node) : undefined),
  catching: (fix, node) => (isCallExpression(node) ? fix.catching(node) : undefined),
  returning: (fix, node) => fix.returning(node),
  wrapInTryCatch: (fix, node) => (isExpressionStatement(node) ? fix.wrapInTryCatch(node) : undefined),
  makeAsync: (fix, node) => (isFunctionNode(node) ? fix.makeAsync(node) : undefined),
  dropAsync: (fix, node) =>
    isFunctionNode(node) && !/\bawait\b/.test(node.getText()) ? fix.dropAsync(node) : undefined,
  importing: (fix, node) => (isExpressionStatement(node) ? fix.importing('node:util', 'inspect').edits : undefined),
};

let workspace: Workspace;
let session: Session;
let files: readonly string[];

beforeAll(async () => {
  workspace = await Workspace.create();
  const folder = `${repository}/server/src`;
  const names = (await readdir(folder, { recursive: true })).filter((name) => /(?:engine|facts).*\.ts$/.test(name));
  const texts = await Promise.all(
    names.map(async (name) => [name.replace(/[\\/]/g, '-'), await readFile(`${folder}/${name}`, 'utf8')] as const),
  );
  // Half of them without semicolons, where a new statement may become part of the one before.
  const bare = texts.map(([name, text]) => [`bare-${name}`, text.replace(/;(?=\r?\n)/g, '')] as const);
  const directory = await workspace.project('sample', new Map([...texts, ...bare]));
  const all = [...texts, ...bare].map(([name]) => `${directory}/${name}`);
  session = new Session({ host: nodeHost(), cwd: workspace.root });
  await using lease = await session.lease(all, AbortSignal.timeout(60_000));
  const complaints = await lease.program(all[0] ?? '').diagnostics(all);
  const broken = new Set<string | undefined>(complaints.filter(isSyntaxError).map(({ fileName }) => fileName));
  files = all.filter((file) => !broken.has(file));
});

afterAll(async () => {
  await session.close();
  await workspace.remove();
});

describe('on real code', () => {
  it('there is enough of it, with semicolons and without', () => {
    expect(files.filter((file) => !file.includes('/bare-')).length).toBeGreaterThan(20);
    expect(files.filter((file) => file.includes('/bare-')).length).toBeGreaterThan(20);
  });

  for (const [name, change] of Object.entries(changes)) {
    it(`${name} gives code that parses`, async () => {
      await using lease = await session.lease(files, AbortSignal.timeout(60_000));
      const texts: Record<string, string> = {};
      let count = 0;
      for (const file of files) {
        const view = await lease.program(file).view(file);
        if (!view) throw new Error(`${file} is not in the program.`);
        const edits = changesOf(view.sourceFile, new FixBuilder(view), change);
        count += edits.length;
        texts[file] = applyEdits(view.text, edits);
      }
      expect(count).toBeGreaterThan(10);
      const complaints = await lease.program(files[0] ?? '').diagnosticsWith(texts);
      const unparsable = complaints.filter(isSyntaxError);
      expect(unparsable.map((complaint) => describeComplaint(complaint, texts))).toEqual([]);
    });
  }
});

/** Complaints about `await`, `return` and `async` where they may not stand: the rules see to that, and the code parses. */
const aboutPlaces = new Set([1103, 1108, 1064, 1055, 1040]);

function isSyntaxError({ code }: { readonly code: number }): boolean {
  return 1000 < code && code < 1200 && !aboutPlaces.has(code);
}

/** The edits for as many nodes as do not touch each other. */
function changesOf(root: Node, fix: FixBuilder, change: Change): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let end = -1;
  const visit = (node: Node): void => {
    const made = node.getStart() > end ? change(fix, node) : undefined;
    if (made && made.length > 0 && made.every((edit) => edit.span.start > end)) {
      edits.push(...made);
      end = Math.max(spanOf(node).end, ...made.map((edit) => edit.span.end));
      return;
    }
    node.forEachChild(visit);
  };
  visit(root);
  return edits;
}

function describeComplaint(
  { fileName = '', code, text, pos }: { fileName?: string | undefined; code: number; text: string; pos: number },
  texts: Readonly<Record<string, string>>,
): string {
  const source = texts[fileName] ?? '';
  return `${fileName}: TS${code} ${text} in\n${source.slice(Math.max(0, pos - 80), pos + 80)}`;
}
