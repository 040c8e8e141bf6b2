import {
  type ExportDeclaration,
  type Expression,
  hasModifier,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExportAssignment,
  isExportDeclaration,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isNamedExports,
  isPropertyAccessExpression,
  isSourceFile,
  type Node,
  type SourceFile,
  SyntaxKind,
  unwrap,
} from './ast.ts';
import type { FileView } from './file-view.ts';

/**
 * Whether an expression statement starts the program: it stands at the top of a file that is run and not imported, and
 * calls `main()` or the like, or a function on the spot.
 */
export function isProgramStart(statement: Node & { readonly expression: Expression }, file: FileView): boolean {
  if (file.isTest) return false;
  const isGuarded = isBehindMainGuard(statement);
  if (!isGuarded && !isSourceFile(statement.parent)) return false;
  if (isGuarded || file.text.startsWith('#!')) return startsSomething(statement.expression, () => true);
  return startsSomething(statement.expression, (name) => startNames.test(name)) && !exportsSomething(file.sourceFile);
}

/** Whether a file has a handler for the rejections that nobody handles, with something in it: then somebody knows of those of its start. */
export function hearsOfRejections(statement: Node, file: FileView): boolean {
  return isSourceFile(statement.parent) && (rejectionListener.test(file.text) || rejectionAmongEvents.test(file.text));
}

const rejectionListener =
  /\bprocess\s*\.\s*(?:on|once|addListener)\(\s*['"`]unhandledRejection['"`]\s*,\s*(?!(?:async\s*)?(?:\(\w*\)|\w+)\s*=>\s*\{\s*\})/;

/** `['unhandledRejection', 'uncaughtException'].forEach((event) => process.on(event, …))`. */
const rejectionAmongEvents =
  /\[[^\]]*['"`]unhandledRejection['"`][^\]]*\][\s\S]*\bprocess\s*\.\s*(?:on|once|addListener)\(\s*\w+\s*,/;

const startNames = /^(?:(?:main|run|start|bootstrap|boot|launch|cli|init|execute|go)(?:$|[A-Z_])|parseAsync$)/;

function startsSomething(expression: Expression, isStart: (name: string) => boolean): boolean {
  let at: Node = unwrap(expression);
  // `main().then(…)` starts what its head starts.
  while (isCallExpression(at)) {
    const callee: Node = unwrap(at.expression);
    if (isFunctionNode(callee)) return true;
    if (isIdentifier(callee)) return isStart(callee.text);
    if (!isPropertyAccessExpression(callee)) return false;
    const receiver: Node = unwrap(callee.expression);
    if (!isCallExpression(receiver)) return isStart(callee.name.text);
    at = receiver;
  }
  return false;
}

/** `if (require.main === module) …`, `if (import.meta.main) …`, `if (process.argv[1] === …) …`. */
function isBehindMainGuard(statement: Node): boolean {
  const branch = isBlock(statement.parent) ? statement.parent : statement;
  const { parent } = branch;
  if (!parent || !isIfStatement(parent) || parent.thenStatement !== branch || !isSourceFile(parent.parent))
    return false;
  const test = unwrap(parent.expression);
  if (isPropertyAccessExpression(test)) return test.getText() === 'import.meta.main';
  if (!isBinaryExpression(test)) return false;
  return [test.left, test.right].some((side) =>
    /^(?:require\.main|process\.argv\[1\]|import\.meta\.filename)$/.test(side.getText()),
  );
}

function exportsSomething(sourceFile: SourceFile): boolean {
  return sourceFile.statements.some((statement) => {
    if (isExportAssignment(statement)) return true;
    if (isExportDeclaration(statement)) return !isEmptyExport(statement);
    if (hasModifier(statement, SyntaxKind.ExportKeyword)) return true;
    return (
      isExpressionStatement(statement) &&
      isBinaryExpression(statement.expression) &&
      /^(?:module\.)?exports\b/.test(statement.expression.left.getText())
    );
  });
}

/** `export {}` only says that the file is a module. */
function isEmptyExport({ exportClause, moduleSpecifier }: ExportDeclaration): boolean {
  return (
    !moduleSpecifier && exportClause !== undefined && isNamedExports(exportClause) && exportClause.elements.length === 0
  );
}
