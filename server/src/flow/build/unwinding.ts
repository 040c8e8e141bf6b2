/** `try`, `switch`, and whatever runs when a scope is left: `finally`, disposal, the end of an iterator. */
import { type Node, SyntaxKind } from '../../typescript/ast.ts';
import type { GraphBuilder, Loose, Paths, Target } from './builder.ts';
import { expression } from './expressions.ts';
import { statement, statements } from './statements.ts';
import { declareNames } from './targets.ts';

/** Builds a body, and what runs after it in whatever way it is left: once for each way. */
export function guarded(b: GraphBuilder, body: () => void, after: () => void): void {
  const pending = withFrame(b, body);
  const normal = b.at;
  let leaves: Paths = [];
  // What is never reached is built too, so that every part of the source is in the graph.
  if (normal.length > 0 || pending.size === 0) {
    after();
    leaves = b.at;
  }
  letThrough(b, pending, after);
  b.at = leaves;
}

/** As `guarded`, for what runs only where the body is left early. */
export function guardedOnTheWayOut(b: GraphBuilder, body: () => void, after: () => void): void {
  const pending = withFrame(b, body);
  const normal = b.at;
  letThrough(b, pending, after);
  b.at = normal;
}

function withFrame(b: GraphBuilder, body: () => void): Map<Target, Loose[]> {
  const pending = new Map<Target, Loose[]>();
  b.frames.push({ kind: 'finally', pending });
  body();
  b.frames.pop();
  return pending;
}

function letThrough(b: GraphBuilder, pending: ReadonlyMap<Target, Loose[]>, after: () => void): void {
  const outer = b.leaving;
  for (const [target, paths] of pending) {
    b.at = paths;
    b.leaving = target.kind;
    after();
    b.leaving = outer;
    b.goOn(target.kind === 'throw' ? b.at.map(rethrown) : b.at, target);
  }
}

/** An exception stays one on its way to its handler. */
function rethrown({ from, kind }: Loose): Loose {
  return { from, kind: kind === 'next' ? 'throw' : kind };
}

type Try = Node & {
  readonly tryBlock: Node;
  readonly catchClause?: { readonly variableDeclaration?: { readonly name: Node }; readonly block: Node };
  readonly finallyBlock?: Node;
};

export function tryStatement(node: Try, b: GraphBuilder): void {
  const { finallyBlock } = node;
  if (!finallyBlock) return tryAndCatch(node, b);
  guarded(
    b,
    () => tryAndCatch(node, b),
    () => statement(finallyBlock, b),
  );
}

function tryAndCatch({ tryBlock, catchClause }: Try, b: GraphBuilder): void {
  if (!catchClause) return statement(tryBlock, b);
  const start = b.at;
  const caught: Target = { kind: 'throw', arrived: [] };
  b.frames.push({ kind: 'catch', caught });
  statement(tryBlock, b);
  b.frames.pop();
  const tried = b.at;
  // Where nothing is called, reading a member may still throw: whoever wrote the `catch` expects it.
  b.at = caught.arrived.length > 0 ? caught.arrived : start;
  if (catchClause.variableDeclaration) declareNames(catchClause.variableDeclaration.name, b);
  statement(catchClause.block, b);
  b.at = [...tried, ...b.at];
}

type Clause = Node & { readonly expression?: Node; readonly statements: readonly Node[] };

export function switchStatement(
  node: Node & { readonly expression: Node; readonly caseBlock: { readonly clauses: readonly Clause[] } },
  b: GraphBuilder,
): void {
  expression(node.expression, b);
  const breaks: Target = { kind: 'break', arrived: [] };
  const { clauses } = node.caseBlock;
  const entered = new Map<Clause, Paths>();
  // All tests come first: they run in order until one matches, and `default` is taken after the last.
  for (const clause of clauses) {
    if (!clause.expression) continue;
    expression(clause.expression, b);
    const test = b.step('branch', clause);
    entered.set(clause, b.side(test, 'true'));
    b.at = b.side(test, 'false');
  }
  const byDefault = clauses.find(({ kind }) => kind === SyntaxKind.DefaultClause);
  const unmatched = b.at;
  if (byDefault) entered.set(byDefault, unmatched);
  b.frames.push({ kind: 'jump', labels: [], takesPlainBreak: true, breaks });
  b.at = [];
  for (const clause of clauses) {
    b.at = [...b.at, ...(entered.get(clause) ?? [])];
    statements(clause.statements, b);
  }
  b.frames.pop();
  b.at = [...b.at, ...(byDefault ? [] : unmatched), ...breaks.arrived];
}
