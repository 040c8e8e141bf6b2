import {
  type Identifier,
  isBindingPattern,
  isBlock,
  isClassExpression,
  isFunctionExpression,
  isFunctionNode,
  isIdentifier,
  isSourceFile,
  isVariableDeclarationList,
  type Node,
  NodeFlags,
  type SourceFile,
  SyntaxKind,
} from './ast.ts';
import { remember } from './remember.ts';
import { nodesOfKinds } from './tree-walk.ts';

/**
 * Which declaration a name of the same file stands for, by the language's scopes alone. It costs no question to the
 * compiler, and many uses of one variable become one question about its declaration.
 */

/** The declarations of one name, by the node in which each can be seen; null where there are several. */
type Scopes = Map<Node, Identifier | null>;

const tables = new WeakMap<SourceFile, ReadonlyMap<string, Scopes>>();

/**
 * The name node of the declaration that an identifier stands for.
 * Undefined where the file does not declare it, or declares it twice in one scope (overloads, merged declarations).
 */
export function declarationName(use: Identifier): Identifier | undefined {
  const sourceFile = use.getSourceFile();
  const scopes = remember(tables, sourceFile, () => declarations(sourceFile)).get(use.text);
  if (!scopes) return undefined;
  for (let at: Node | undefined = use; at; at = at.parent) {
    const here = scopes.get(at);
    if (here !== undefined) return here ?? undefined;
  }
  return undefined;
}

/** Whether the file declares the identifier's name anywhere, in whatever scope. */
export function isDeclaredIn(use: Identifier): boolean {
  const sourceFile = use.getSourceFile();
  return remember(tables, sourceFile, () => declarations(sourceFile)).has(use.text);
}

function declarations(sourceFile: SourceFile): ReadonlyMap<string, Scopes> {
  const table = new Map<string, Scopes>();
  const add = (name: Node | undefined, scope: Node): void => {
    if (!name) return;
    if (isBindingPattern(name)) {
      for (const element of name.elements) add((element as { readonly name?: Node }).name, scope);
    } else if (isIdentifier(name)) {
      const scopes = remember(table, name.text, () => new Map());
      scopes.set(scope, scopes.has(scope) ? null : name);
    }
  };
  const next = nodesOfKinds(sourceFile, declaringKinds);
  for (let node = next(); node; node = next()) {
    const { name } = node as { readonly name?: Node };
    switch (node.kind) {
      case SyntaxKind.VariableDeclaration:
        add(name, scopeOfVariable(node));
        break;
      case SyntaxKind.Parameter:
        add(name, node.parent);
        break;
      case SyntaxKind.FunctionDeclaration:
      case SyntaxKind.ClassDeclaration:
      case SyntaxKind.EnumDeclaration:
      case SyntaxKind.ModuleDeclaration:
        add(name, blockAround(node.parent));
        break;
      case SyntaxKind.FunctionExpression:
      case SyntaxKind.ClassExpression:
        if (isFunctionExpression(node) || isClassExpression(node)) add(node.name, node);
        break;
      case SyntaxKind.ImportClause:
      case SyntaxKind.ImportSpecifier:
      case SyntaxKind.NamespaceImport:
      case SyntaxKind.ImportEqualsDeclaration:
        add(name, sourceFile);
        break;
    }
  }
  return table;
}

const declaringKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.VariableDeclaration,
  SyntaxKind.Parameter,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.ModuleDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ClassExpression,
  SyntaxKind.ImportClause,
  SyntaxKind.ImportSpecifier,
  SyntaxKind.NamespaceImport,
  SyntaxKind.ImportEqualsDeclaration,
]);

function scopeOfVariable(variable: Node): Node {
  const list = variable.parent;
  // `catch (error)`: the variable stands in the clause itself.
  if (!isVariableDeclarationList(list)) return list;
  const isBlockScoped = (list.flags & NodeFlags.BlockScoped) !== 0;
  const owner = list.parent;
  if (!isBlockScoped) return functionAround(owner);
  // `for (const x of xs)`: the name is seen in the whole statement.
  return owner.kind === SyntaxKind.VariableStatement ? blockAround(owner.parent) : owner;
}

function blockAround(from: Node): Node {
  let at = from;
  // A function's block and its parameters are one scope for a reader who looks up from inside.
  while (!isBlock(at) && !isSourceFile(at) && !isScopeOfStatements(at)) at = at.parent;
  return at;
}

function isScopeOfStatements({ kind }: Node): boolean {
  return (
    kind === SyntaxKind.ModuleBlock || kind === SyntaxKind.CaseBlock || kind === SyntaxKind.ClassStaticBlockDeclaration
  );
}

function functionAround(from: Node): Node {
  let at = from;
  while (!isFunctionNode(at) && !isSourceFile(at) && !isScopeOfStatements(at)) at = at.parent;
  return at.kind === SyntaxKind.CaseBlock ? functionAround(at.parent) : at;
}
