import {
  isExportAssignment,
  isExportDeclaration,
  isImportDeclaration,
  type SourceFile,
  type Statement,
  SyntaxKind,
} from 'typescript/ast';
import { hasModifier } from './ast.ts';

/**
 * Whether a JavaScript file is a CommonJS module by what is written in it: it requires or sets its exports, and has
 * neither `import` nor `export`. The compiler cannot be asked, because it takes every file for an ES module where
 * `module` is `nodenext`.
 */
export function isCommonJsScript(sourceFile: SourceFile): boolean {
  if (!/\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w/.test(sourceFile.text)) return false;
  return !sourceFile.statements.some(isModuleSyntax);
}

function isModuleSyntax(statement: Statement): boolean {
  if (isImportDeclaration(statement) || isExportDeclaration(statement) || isExportAssignment(statement)) return true;
  return hasModifier(statement, SyntaxKind.ExportKeyword);
}
