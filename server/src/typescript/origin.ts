import { isBuiltin } from 'node:module';
import { SymbolFlags, type Symbol as TsSymbol } from 'typescript/async';
import {
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionNode,
  isIdentifier,
  isImportClause,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isImportSpecifier,
  isNamespaceImport,
  isNewExpression,
  isObjectBindingPattern,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isQualifiedName,
  isStringLiteral,
  isTypeReferenceNode,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from './ast.ts';
import type { CheckerQueries } from './checker-queries.ts';
import { remember } from './remember.ts';
import { declaredIn } from './type-view.ts';

/**
 * Where something comes from. `module` is `node:fs` (always with the prefix), a package's name or subpath, `global`,
 * or the absolute path of a project file; `path` are the names from there: `['promises', 'readFile']`, `['Database', 'exec']`.
 * What a call gives has `()` behind the callee's names, and what a callback of a call is given first has `=>`.
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
  readonly #consult: (symbol: TsSymbol) => void;
  readonly #known = new WeakMap<Node, Promise<readonly Origin[]>>();

  constructor(queries: CheckerQueries, consult: (symbol: TsSymbol) => void) {
    this.#queries = queries;
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
      return [...member, ...(await this.#declared(at.name, depth))];
    }
    if (isAwaitExpression(at)) return this.#find(unwrap(at.expression), depth + 1);
    if (isCallExpression(at)) return this.#ofCall(at.expression, at.arguments, depth);
    if (isNewExpression(at)) return this.#find(unwrap(at.expression), depth + 1);
    if (at.kind === SyntaxKind.ThisKeyword) return this.#ofBase(classAround(at), depth);
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
    const isAlias = (symbol.flags & SymbolFlags.Alias) !== 0;
    // The file of another declaration, such as a global one, need not be brought over.
    const isWanted = handle && (isAlias || handle.path === at.getSourceFile().path);
    const declaration = isWanted ? await this.#queries.declaration(handle) : undefined;
    if (isAlias && declaration) {
      // In JavaScript, `const { a } = require('m')` declares an alias too, and its text tells more than its target.
      const required = await this.#ofBinding(declaration, depth);
      if (required.length > 0) return required;
      const imported = await this.#ofImport(symbol, declaration);
      if (imported.length > 0) return imported;
    }
    if (declaration && declaration.getSourceFile() === at.getSourceFile()) {
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

  /** `const { a: b } = <known>`, `const b = <known>`, and names whose type or place tells what they are. */
  async #ofBinding(declaration: Node, depth: number): Promise<readonly Origin[]> {
    if (isBindingElement(declaration)) {
      const pattern = declaration.parent;
      if (!isObjectBindingPattern(pattern)) return [];
      const name = (declaration.propertyName ?? declaration.name) as Node & { readonly text?: string };
      if (name.text === undefined) return [];
      const { parent } = pattern;
      const base =
        isVariableDeclaration(parent) && parent.initializer
          ? await this.#find(unwrap(parent.initializer), depth + 1)
          : await this.#ofParameter(parent, depth);
      return base.map(({ module, path }) => ({ module, path: [...path, name.text as string] }));
    }
    if (isClassLikeDeclaration(declaration)) return this.#ofBase(declaration, depth);
    if (isParameterDeclaration(declaration)) {
      const annotated = await this.#ofAnnotation(declaration.type, depth);
      return annotated.length > 0 ? annotated : this.#ofParameter(declaration, depth);
    }
    if (!isVariableDeclaration(declaration) && !isPropertyDeclaration(declaration)) return [];
    const value = declaration.initializer && unwrap(declaration.initializer);
    const isReference =
      value &&
      (isIdentifier(value) ||
        isPropertyAccessExpression(value) ||
        isCallExpression(value) ||
        isNewExpression(value) ||
        isAwaitExpression(value));
    const found = isReference ? (await this.#find(value, depth + 1)).filter(({ module }) => module !== 'global') : [];
    return found.length > 0 ? found : this.#ofAnnotation(declaration.type, depth);
  }

  /** `: EventEmitter` and `: http.Server`, where the type comes from a package. */
  async #ofAnnotation(type: Node | undefined, depth: number): Promise<readonly Origin[]> {
    if (!type || !isTypeReferenceNode(type)) return [];
    const name = type.typeName;
    if (!isQualifiedName(name)) return (await this.#find(name, depth + 1)).filter(isPackaged);
    if (!isIdentifier(name.left)) return [];
    const base = (await this.#find(name.left, depth + 1)).filter(isPackaged);
    return base.map(({ module, path }) => ({ module, path: [...path, name.right.text] }));
  }

  /** What a class extends, where that comes from a package. */
  async #ofBase(declaration: Node | undefined, depth: number): Promise<readonly Origin[]> {
    const { heritageClauses = [] } = (declaration ?? {}) as {
      readonly heritageClauses?: readonly { readonly token: SyntaxKind; readonly types: readonly Node[] }[];
    };
    const [base] = heritageClauses.find(({ token }) => token === SyntaxKind.ExtendsKeyword)?.types ?? [];
    const { expression } = (base ?? {}) as { readonly expression?: Node };
    return expression ? (await this.#find(unwrap(expression), depth + 1)).filter(isPackaged) : [];
  }

  /** The first parameter of a callback that is written in a call of something from a package. */
  async #ofParameter(parameter: Node, depth: number): Promise<readonly Origin[]> {
    const fn = parameter.parent;
    if (!isParameterDeclaration(parameter) || !isFunctionNode(fn) || fn.parameters[0] !== parameter) return [];
    const at = wrapped(fn);
    const call = at.parent;
    if (!call || !isCallExpression(call) || !call.arguments.some((argument) => argument === at)) return [];
    const callee = (await this.#find(unwrap(call.expression), depth + 1)).filter(isPackaged);
    return callee.map(({ module, path }) => ({ module, path: [...path, '=>'] }));
  }

  /** Where a member is declared, and what its initializer or its type says that it is. */
  async #declared(name: Node, depth: number): Promise<readonly Origin[]> {
    const symbol = await this.#queries.symbolAt(name);
    if (!symbol) return [];
    const [handle] = symbol.declarations;
    const isField =
      handle !== undefined && (handle.kind === SyntaxKind.PropertyDeclaration || handle.kind === SyntaxKind.Parameter);
    const isOwn = isField && !handle.path.includes('/node_modules/') && declaredIn(symbol)?.from === 'project';
    const declaration = isOwn ? await this.#queries.declaration(handle) : undefined;
    const held = declaration ? (await this.#ofBinding(declaration, depth)).filter(isPackaged) : [];
    return [...held, ...(await this.#ofSymbol(symbol))];
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

function isPackaged({ module }: Origin): boolean {
  return module !== 'global' && !module.startsWith('/') && !module.startsWith('.');
}

function classAround(node: Node): Node | undefined {
  let at: Node | undefined = node;
  while (at && !isClassLikeDeclaration(at)) at = at.parent;
  return at;
}

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
