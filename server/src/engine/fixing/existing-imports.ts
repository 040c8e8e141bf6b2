/** The imports that a file has already, in whatever form they are written. */
import {
  type ImportSpecifier,
  isCallExpression,
  isExpressionStatement,
  isExternalModuleReference,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isNamedImports,
  isNamespaceImport,
  isObjectBindingPattern,
  isStringLiteral,
  isVariableStatement,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';
import { moduleName } from '../../typescript/origin.ts';

/** A name of a list such as `{ a, b as c }`, whether it is imported or taken from `require`. */
export interface ListedName {
  readonly node: Node;
  readonly imported: string;
  readonly local: string;
  readonly isTypeOnly: boolean;
}

export interface ExistingImport {
  readonly statement: Node;
  /** As it is written, without quotes. */
  readonly specifier: string;
  readonly form: 'import' | 'require';
  /** `import name from` */
  readonly defaultName: Node | undefined;
  /** `import * as name from`, `import name = require()` or `const name = require()`. */
  readonly namespace: string | undefined;
  /** `import { … }` or `const { … } = require()`. */
  readonly list: { readonly node: Node; readonly names: readonly ListedName[]; readonly isOpen: boolean } | undefined;
}

/** Every import of values at the top level, in order. `import type` does not count. */
export function existingImports(sourceFile: SourceFile): readonly ExistingImport[] {
  return sourceFile.statements.flatMap((statement) => {
    if (isImportDeclaration(statement)) return fromImport(statement);
    if (isImportEqualsDeclaration(statement)) return fromImportEquals(statement);
    return isVariableStatement(statement) ? fromRequire(statement) : [];
  });
}

/** Whether two specifiers mean one module: `fs` and `node:fs` do. */
export function isSameModule(a: string, b: string): boolean {
  return moduleName(a) === moduleName(b);
}

function fromImport(statement: Node): readonly ExistingImport[] {
  if (!isImportDeclaration(statement) || !isStringLiteral(statement.moduleSpecifier)) return [];
  const clause = statement.importClause;
  if (clause?.phaseModifier !== undefined) return [];
  const bindings = clause?.namedBindings;
  const list = bindings && isNamedImports(bindings) ? bindings : undefined;
  return [
    {
      statement,
      specifier: statement.moduleSpecifier.text,
      form: 'import',
      defaultName: clause?.name,
      namespace: bindings && isNamespaceImport(bindings) ? bindings.name.text : undefined,
      // Import attributes such as `with { type: 'json' }` ask for a module of another kind.
      list: list && !statement.attributes ? { node: list, names: list.elements.map(listed), isOpen: true } : undefined,
    },
  ];
}

function listed(element: ImportSpecifier): ListedName {
  return {
    node: element,
    imported: (element.propertyName ?? element.name).text,
    local: element.name.text,
    isTypeOnly: element.isTypeOnly,
  };
}

function fromImportEquals(statement: Node): readonly ExistingImport[] {
  if (!isImportEqualsDeclaration(statement) || statement.isTypeOnly) return [];
  const reference = statement.moduleReference;
  if (!isExternalModuleReference(reference) || !isStringLiteral(reference.expression)) return [];
  return [
    {
      statement,
      specifier: reference.expression.text,
      form: 'import',
      defaultName: undefined,
      namespace: statement.name.text,
      list: undefined,
    },
  ];
}

function fromRequire(statement: Node): readonly ExistingImport[] {
  if (!isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap((declaration): readonly ExistingImport[] => {
    const specifier = declaration.initializer && requiredModule(declaration.initializer);
    if (specifier === undefined) return [];
    const common = { statement, specifier, form: 'require', defaultName: undefined } as const;
    if (isIdentifier(declaration.name)) return [{ ...common, namespace: declaration.name.text, list: undefined }];
    if (!isObjectBindingPattern(declaration.name)) return [];
    const { elements } = declaration.name;
    const names = elements.flatMap((element): ListedName[] => {
      const { name, propertyName = name } = element;
      if (!name || !propertyName || !isIdentifier(name) || !isIdentifier(propertyName) || element.dotDotDotToken)
        return [];
      return [{ node: element, imported: propertyName.text, local: name.text, isTypeOnly: false }];
    });
    const isOpen = names.length === elements.length;
    return [{ ...common, namespace: undefined, list: { node: declaration.name, names, isOpen } }];
  });
}

/** The module of `require('…')`. */
export function requiredModule(node: Node): string | undefined {
  if (!isCallExpression(node) || !isIdentifier(node.expression) || node.expression.text !== 'require') return undefined;
  const [first] = node.arguments;
  return first && isStringLiteral(first) ? first.text : undefined;
}

/** The statement that new `require` calls go below: the last of those that the file begins with. */
export function lastLeadingRequire(sourceFile: SourceFile): Node | undefined {
  let last: Node | undefined;
  for (const statement of sourceFile.statements) {
    const isPrologue = isExpressionStatement(statement) && isStringLiteral(statement.expression);
    if (isPrologue) continue;
    if (fromRequire(statement).length === 0) break;
    last = statement;
  }
  return last;
}
