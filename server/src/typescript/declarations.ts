import type { NodeHandle } from 'typescript/async';
import { type Node, SyntaxKind } from './ast.ts';
import type { CheckerQueries } from './checker-queries.ts';
import { isDeclarationFile } from './paths.ts';

/** The declarations of a name that stand in sources. */
export interface Sources {
  readonly nodes: readonly Node[];
  /** Whether none stands in a declaration file. */
  readonly isAll: boolean;
}

/** The nodes of declarations, in their order; those that are gone are left out. */
export async function nodesOf(handles: readonly NodeHandle[], queries: CheckerQueries): Promise<readonly Node[]> {
  const nodes = await Promise.all(handles.map((handle) => queries.declaration(handle)));
  return nodes.filter((node) => node !== undefined);
}

/**
 * The nodes of those declarations that stand in sources. The trees of declaration files are large, the browser's library
 * has more nodes than most projects: who wants what runs does without them.
 */
export async function sourcesAmong(handles: readonly NodeHandle[], queries: CheckerQueries): Promise<Sources> {
  const sources = handles.filter(({ path }) => !isDeclarationFile(path));
  return { nodes: await nodesOf(sources, queries), isAll: sources.length === handles.length };
}

/** Those declarations that may make a function with a body, or a class's member that holds one. */
export function mayHaveBody({ path, kind }: NodeHandle): boolean {
  return kindsWithBody.has(kind) && !isDeclarationFile(path);
}

const kindsWithBody: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.Constructor,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.PropertyDeclaration,
]);
