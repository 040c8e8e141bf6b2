import { isBuiltin } from 'node:module';
import { SymbolFlags, type Symbol as TsSymbol } from 'typescript/async';
import {
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isImportClause,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isImportSpecifier,
  isNamespaceImport,
  isNewExpression,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  type Node,
  type SourceFile,
  SyntaxKind,
  unwrap,
} from './ast.ts';
import type { CheckerQueries } from './checker-queries.ts';
import { remember } from './remember.ts';
import { declaredIn } from './type-view.ts';

/**
 * Where something comes from. `module` is `node:fs` (always with the prefix), a package's name or subpath, `global`,
 * or the absolute path of a project file; `path` are the names from there: `['promises', 'readFile']`, `['Database', 'exec']`.
 */
export interface Origin {
  readonly module: string;
  readonly path: readonly string[];
}

/**
 * Follows names to where they come from: through imports, `require`, destructuring and constants by syntax, so that it
 * works where a package is not installed, and through declarations where the checker knows them.
 */
export class OriginFinder {
  readonly #queries: CheckerQueries;
  readonly #file: SourceFile;
  readonly #consult: (symbol: TsSymbol) => void;
  readonly #known = new WeakMap<Node, Promise<readonly Origin[]>>();

  constructor(queries: CheckerQueries, file: SourceFile, consult: (symbol: TsSymbol) => void) {
    this.#queries = queries;
    this.#file = file;
    this.#consult = consult;
  }

  origins(node: Node): Promise<readonly Origin[]> {
    const at = unwrap(node);
    return remember(this.#known, at, () => this.#find(at, 0));
  }

  async #find(at: Node, depth: number): Promise<readonly Origin[]> {
    if (depth > deepest) return [];
    if (isIdentifier(at)) return this.#ofIdentifier(at, depth);
    if (isPropertyAccessExpression(at)) {
      const base = (await this.#find(unwrap(at.expression), depth + 1)).filter(
        (origin) => !origin.module.startsWith('/'),
      );
      const member = base.map(({ module, path }) => ({ module, path: [...path, at.name.text] }));
      return [...member, ...(await this.#declared(at.name))];
    }
    if (isAwaitExpression(at)) return this.#find(unwrap(at.expression), depth + 1);
    if (isCallExpression(at)) return this.#ofCall(at.expression, at.arguments, depth);
    if (isNewExpression(at)) return this.#find(unwrap(at.expression), depth + 1);
    return [];
  }

  /** `require('x')` is the module x; what any other call gives is the callee's origin with `()` at its end. */
  async #ofCall(callee: Node, args: readonly Node[], depth: number): Promise<readonly Origin[]> {
    const [first] = args;
    const isRequire = (isIdentifier(callee) && callee.text === 'require') || callee.kind === SyntaxKind.ImportKeyword;
    if (isRequire) return first && isStringLiteral(first) ? [{ module: moduleName(first.text), path: [] }] : [];
    const called = await this.#find(unwrap(callee), depth + 1);
    return called.map(({ module, path }) => ({ module, path: [...path, '()'] }));
  }

  async #ofIdentifier(at: Node & { readonly text: string }, depth: number): Promise<readonly Origin[]> {
    const symbol = await this.#queries.symbolAt(at);
    if (!symbol) return [{ module: 'global', path: [at.text] }];
    const [handle] = symbol.declarations;
    const declaration = handle && (await this.#queries.declaration(handle));
    if ((symbol.flags & SymbolFlags.Alias) !== 0 && declaration) {
      // In JavaScript, `const { a } = require('m')` declares an alias too, and its text tells more than its target.
      const required = await this.#ofBinding(declaration, depth);
      if (required.length > 0) return required;
      const imported = await this.#ofImport(symbol, declaration);
      if (imported.length > 0) return imported;
    }
    if (declaration && declaration.getSourceFile() === this.#file) {
      const bound = await this.#ofBinding(declaration, depth);
      if (bound.length > 0) return bound;
    }
    return this.#ofSymbol(symbol);
  }

  /** An import of a package is known by its text; one of a project file is followed to what it exports. */
  async #ofImport(symbol: TsSymbol, declaration: Node): Promise<readonly Origin[]> {
    const imported = importOf(declaration);
    const own = imported && !imported.module.startsWith('.') && !imported.module.startsWith('/') ? [imported] : [];
    const target = await this.#queries.checker.getAliasedSymbol(symbol);
    if (await this.#queries.checker.isUnknownSymbol(target)) return own;
    return [...own, ...(await this.#ofSymbol(target))];
  }

  /** `const { a: b } = <known>` and `const b = <known>`. */
  async #ofBinding(declaration: Node, depth: number): Promise<readonly Origin[]> {
    if (isBindingElement(declaration)) {
      const pattern = declaration.parent;
      if (!isObjectBindingPattern(pattern) || !isVariableDeclaration(pattern.parent) || !pattern.parent.initializer)
        return [];
      const name = (declaration.propertyName ?? declaration.name) as Node & { readonly text?: string };
      if (name.text === undefined) return [];
      const base = await this.#find(unwrap(pattern.parent.initializer), depth + 1);
      return base.map(({ module, path }) => ({ module, path: [...path, name.text as string] }));
    }
    if (!isVariableDeclaration(declaration) || !declaration.initializer) return [];
    const value = unwrap(declaration.initializer);
    const isReference =
      isIdentifier(value) || isPropertyAccessExpression(value) || isCallExpression(value) || isAwaitExpression(value);
    return isReference ? (await this.#find(value, depth + 1)).filter((origin) => origin.module !== 'global') : [];
  }

  async #declared(name: Node): Promise<readonly Origin[]> {
    const symbol = await this.#queries.symbolAt(name);
    return symbol ? this.#ofSymbol(symbol) : [];
  }

  /** A declaration's module and the names that lead to it there. */
  async #ofSymbol(symbol: TsSymbol): Promise<readonly Origin[]> {
    const place = declaredIn(symbol);
    if (!place) return [];
    this.#consult(symbol);
    if (symbol.name.startsWith('"')) return [{ module: moduleName(symbol.name.slice(1, -1)), path: [] }];
    const path: string[] = [symbol.name];
    let ambient: string | undefined;
    for (let at = await symbol.getParent(); at; at = await at.getParent()) {
      if (at.name.startsWith('"')) {
        const quoted = at.name.slice(1, -1);
        if (!quoted.startsWith('/') && !/^[A-Z]:/i.test(quoted)) ambient = quoted;
        break;
      }
      if (at.name !== 'globalThis' && at.name !== '__type' && at.name !== '__object') path.unshift(at.name);
    }
    if (ambient !== undefined) return [{ module: moduleName(ambient), path }];
    if (place.from === 'lib' || place.packageName === '@types/node') return [{ module: 'global', path }];
    if (place.packageName !== undefined) return [{ module: withoutTypesScope(place.packageName), path }];
    return [{ module: place.file, path }];
  }
}

const deepest = 6;

function importOf(declaration: Node): Origin | undefined {
  if (isImportEqualsDeclaration(declaration)) {
    const { expression } = declaration.moduleReference as { readonly expression?: Node };
    return expression && isStringLiteral(expression) ? { module: moduleName(expression.text), path: [] } : undefined;
  }
  let at: Node | undefined = declaration;
  while (at && !isImportDeclaration(at)) at = at.parent;
  if (!at || !isStringLiteral(at.moduleSpecifier)) return undefined;
  const module = moduleName(at.moduleSpecifier.text);
  if (isNamespaceImport(declaration) || isImportClause(declaration)) return { module, path: [] };
  if (!isImportSpecifier(declaration)) return undefined;
  const name = (declaration.propertyName ?? declaration.name).text;
  return { module, path: name === 'default' ? [] : [name] };
}

/** One spelling for each module: Node's own get their prefix. */
export function moduleName(specifier: string): string {
  return !specifier.startsWith('node:') && isBuiltin(specifier) ? `node:${specifier}` : specifier;
}

function withoutTypesScope(packageName: string): string {
  if (!packageName.startsWith('@types/')) return packageName;
  const name = packageName.slice('@types/'.length);
  return name.includes('__') ? `@${name.replace('__', '/')}` : name;
}
