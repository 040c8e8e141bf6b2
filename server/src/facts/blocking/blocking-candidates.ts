import type { BlockingKnowledge } from '../../knowledge/blocking.ts';
import {
  type CallExpression,
  isCallExpression,
  isIdentifier,
  isImportDeclaration,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableStatement,
  lastName,
  type Node,
  type SourceFile,
  unwrap,
} from '../../typescript/ast.ts';
import { calledFunction } from './blocking.ts';

/** By names alone, before anything is asked. */
export function mayBlock(call: CallExpression, imported: ReadonlySet<string>, known: BlockingKnowledge): boolean {
  const name = lastName(calledFunction(call));
  if (name === undefined) return false;
  if (known.isBlockingName(name, call.getSourceFile().text)) return true;
  const root = rootName(call.expression);
  return root !== undefined && imported.has(root);
}

/** The name that a chain of members starts with: `a.b.c` → `a`. */
function rootName(expression: Node): string | undefined {
  let at = unwrap(expression);
  while (isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return isIdentifier(at) ? at.text : undefined;
}

/** What a file's imports and `require`s bind of modules with blocking functions, whatever it calls them. */
export function namesFromBlockingModules(file: SourceFile, known: BlockingKnowledge): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: Node): void => {
    if (isIdentifier(node)) names.add(node.text);
    node.forEachChild(add);
  };
  for (const statement of file.statements) {
    if (isImportDeclaration(statement)) {
      const { moduleSpecifier, importClause } = statement;
      if (importClause && isStringLiteral(moduleSpecifier) && known.isBlockingModule(moduleSpecifier.text))
        add(importClause);
    } else if (isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const required = initializer && requiredModule(initializer);
        if (required !== undefined && known.isBlockingModule(required)) add(name);
      }
    }
  }
  return names;
}

function requiredModule(initializer: Node): string | undefined {
  const at = unwrap(initializer);
  if (isPropertyAccessExpression(at)) return requiredModule(at.expression);
  if (!isCallExpression(at) || !isIdentifier(at.expression) || at.expression.text !== 'require') return undefined;
  const [module] = at.arguments;
  return module && isStringLiteral(module) ? module.text : undefined;
}
