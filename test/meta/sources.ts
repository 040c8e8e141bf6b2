/** Our own sources as syntax trees, for tests of what may use what. */
import { readdir } from 'node:fs/promises';
import { nodeHost } from '../../server/src/node-host.ts';
import {
  isCallExpression,
  isExportDeclaration,
  isIdentifier,
  isImportDeclaration,
  isPropertyAccessExpression,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from '../../server/src/typescript/ast.ts';
import { dirname, join } from '../../server/src/typescript/paths.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { repository } from '../harness/workspace.ts';

export interface SourceModule {
  /** Relative to the repository, with forward slashes: `server/src/engine/linter.ts`. */
  readonly path: string;
  readonly text: string;
  /** Every specifier that is imported or exported from, with relative ones as repository paths. */
  readonly imports: readonly string[];
  /** The names that the module uses without declaring or importing them, such as `process`; members do not count. */
  readonly globals: ReadonlySet<string>;
}

/** Reads and parses all modules below folders of the repository. */
export async function sourceModules(folders: readonly string[]): Promise<readonly SourceModule[]> {
  const found = await Promise.all(
    folders.map((folder) =>
      readdir(`${repository}/${folder}`, { recursive: true }).then((names) =>
        names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
      ),
    ),
  );
  const paths = found
    .flat()
    .filter((path) => /\.ts$/.test(path) && !/\.d\.ts$/.test(path))
    .sort();
  const session = new Session({ host: nodeHost(), cwd: repository });
  try {
    const files = paths.map((path) => `${repository}/${path}`);
    await using lease = await session.lease(files, AbortSignal.timeout(60_000), `${repository}/tsconfig.json`);
    return await Promise.all(
      paths.map(async (path, index) => {
        const file = files[index] ?? '';
        const sourceFile = await lease.program(file).sourceFile(file);
        if (!sourceFile) throw new Error(`${path} is not in the program.`);
        return { path, text: sourceFile.text, ...usesOf(path, sourceFile) };
      }),
    );
  } finally {
    await session.close();
  }
}

const watchedGlobals = new Set(['process', 'Date', 'performance', 'console', 'fetch', 'require']);

function usesOf(path: string, sourceFile: Node): Pick<SourceModule, 'imports' | 'globals'> {
  const imports: string[] = [];
  const globals = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push(specifier.startsWith('.') ? join(dirname(path), specifier) : specifier);
    if (isIdentifier(node) && watchedGlobals.has(node.text) && isUse(node)) globals.add(node.text);
    const { name } = node as { readonly name?: Node };
    if (name && isIdentifier(name) && !isPropertyAccessExpression(node)) declared.add(name.text);
    node.forEachChild(visit);
  };
  visit(sourceFile);
  return { imports, globals: new Set([...globals].filter((name) => !declared.has(name))) };
}

function specifierOf(node: Node): string | undefined {
  if (isImportDeclaration(node) || isExportDeclaration(node)) {
    return node.moduleSpecifier && isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  }
  if (!isCallExpression(node) || node.expression.kind !== SyntaxKind.ImportKeyword) return undefined;
  const [first] = node.arguments;
  return first && isStringLiteral(first) ? first.text : undefined;
}

/** A name that stands for a value, not a member, a type or a declaration. */
function isUse(node: Node): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.expression === node;
  const { name } = parent as { readonly name?: Node };
  return (
    name !== node &&
    parent.kind !== SyntaxKind.TypeReference &&
    parent.kind !== SyntaxKind.QualifiedName &&
    parent.kind !== SyntaxKind.ImportSpecifier
  );
}
