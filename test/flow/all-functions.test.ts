/** What holds for the graph of any function, looked at in our own sources and in the fixtures of all rules. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { FlowGraph, Step } from '../../server/src/flow/graph.ts';
import { graphOf, rootOf } from '../../server/src/flow/graph-of.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import { isTryStatement, type Node, type SourceFile, SyntaxKind } from '../../server/src/typescript/ast.ts';
import { normalise } from '../../server/src/typescript/paths.ts';
import { isAwaitUsing } from '../../server/src/typescript/promise-syntax.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { repository } from '../harness/workspace.ts';
import { rootsOf } from './report.ts';

it('every graph is whole: reached from its entry, with each suspension of the source once', async () => {
  const own = await filesIn('server/src', 'client/src', 'test/flow', 'test/rules');
  const session = new Session({ host: nodeHost(), cwd: repository });
  const problems: string[] = [];
  let graphs = 0;
  try {
    for (let start = 0; start < own.length; start += 100) {
      const files = own.slice(start, start + 100);
      await using lease = await session.lease(files, AbortSignal.timeout(60_000));
      for (const file of files) {
        const view = await lease.program(file).view(file);
        if (!view) continue;
        for (const root of rootsOf(view.sourceFile)) {
          graphs += 1;
          const graph = graphOf(root);
          problems.push(...brokenEdges(graph), ...wrongDeath(graph));
        }
        problems.push(...wrongSuspensions(view.sourceFile));
      }
    }
  } finally {
    await session.close();
  }
  expect(problems).toEqual([]);
  expect(graphs).toBeGreaterThan(4000);
});

async function filesIn(...folders: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(`${repository}/${folder}`, { withFileTypes: true, recursive: true });
      return entries
        .filter((entry) => entry.isFile() && /(?<!\.d)\.(?:[cm]?[jt]s|[jt]sx)$/.test(entry.name))
        .map((entry) => normalise(path.join(entry.parentPath, entry.name)));
    }),
  );
  return lists.flat().sort();
}

function brokenEdges(graph: FlowGraph): readonly string[] {
  return graph.steps
    .filter((step) =>
      step.next.some((edge) => !edge.to.previous.some((back) => back.to === step && back.kind === edge.kind)),
    )
    .map((step) => `${place(step.node)}: an edge is missing backwards`);
}

/** Dead steps are those that no path reaches, and all others are reached. */
function wrongDeath(graph: FlowGraph): readonly string[] {
  const reached = new Set<Step>([graph.entry]);
  for (const step of reached) for (const { to } of step.next) reached.add(to);
  return graph.steps
    .filter((step) => reached.has(step) === step.isDead)
    .map(
      (step) => `${place(step.node)}: ${step.kind} is ${step.isDead ? 'dead, but reached' : 'alive, but not reached'}`,
    );
}

/** Each suspension of the source has one step, and one more for each other way through a `finally`. */
function wrongSuspensions(file: SourceFile): readonly string[] {
  const problems: string[] = [];
  const visit = (node: Node): void => {
    if (suspends(node)) {
      const steps = graphOf(rootOf(node))
        .stepsOf(node)
        .filter((step) => step.suspends && step.kind !== 'close');
      const isOnce = steps.filter((step) => !step.leaving).length === 1;
      const expected = isInFinally(node) ? steps.length > 0 : isOnce && steps.length === 1;
      if (!expected) problems.push(`${place(node)}: ${steps.length} steps suspend here`);
    }
    if (isAwaitUsing(node)) {
      for (const declaration of (node as Node & { readonly declarations: readonly Node[] }).declarations) {
        const ends = graphOf(rootOf(node)).stepsOf(declaration);
        if (!ends.some((step) => step.kind === 'dispose' && step.suspends))
          problems.push(`${place(node)}: nothing is disposed`);
      }
    }
    node.forEachChild(visit);
  };
  visit(file);
  return problems;
}

function suspends(node: Node): boolean {
  return (
    node.kind === SyntaxKind.AwaitExpression ||
    (node.kind === SyntaxKind.ForOfStatement && (node as { readonly awaitModifier?: Node }).awaitModifier !== undefined)
  );
}

function isInFinally(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent)
    if (isTryStatement(at.parent) && at.parent.finallyBlock === at) return true;
  return false;
}

function place(node: Node): string {
  const file = node.getSourceFile();
  return `${path.relative(repository, file.fileName)}:${file.text.slice(0, node.getStart()).split('\n').length}`;
}
