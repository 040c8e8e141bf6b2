import type { Facts } from '../../facts/facts.ts';
import type { Fact } from '../../model/explanation.ts';
import {
  type CallExpression,
  isCallExpression,
  isImportClause,
  isImportDeclaration,
  isImportSpecifier,
  isMethodSignatureDeclaration,
  isNamespaceImport,
  isNewExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertySignatureDeclaration,
  isStringLiteral,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { functionTitle } from './owner.ts';
import { placeOfNode } from './places.ts';

/** Whether a package lies in a `node_modules` that the file's imports find. */
export type IsInstalled = (name: string) => Promise<boolean>;

export interface DefinitionTools {
  readonly types: Oracle;
  readonly facts: Facts;
  readonly isInstalled: IsInstalled;
}

/** Where the code behind a call was found, or why it was not. */
export async function definitionOf(
  call: CallExpression,
  { types, facts, isInstalled }: DefinitionTools,
): Promise<readonly Fact[]> {
  if (isNewExpression(call)) return [];
  const functions = await facts.calledFunctions(call);
  const [first] = functions;
  if (first) {
    const text = functions.length === 1 ? functionTitle(first) : `${functions.length} functions may be called`;
    const places = functions.slice(0, 3).map((fn) => ({ ...placeOfNode(fn), code: '' }));
    return [{ about: 'defined', text, places }];
  }
  const [declaration] = await types.declarationsOf(call.expression);
  if (!declaration) {
    const missing = await missingPackage(call, types, isInstalled);
    return [{ about: 'defined', text: `in no source: ${missing ?? 'nothing in the program declares it'}`, places: [] }];
  }
  if (missingImport(declaration) !== undefined) return [];
  if (isOfLanguage(declaration.getSourceFile().fileName)) return [];
  return [{ about: 'defined', text: withoutBody(declaration), places: [{ ...placeOfNode(declaration), code: '' }] }];
}

function withoutBody(declaration: Node): string {
  const file = declaration.getSourceFile();
  const named = packageOf(file.fileName);
  if (isParameterDeclaration(declaration)) return 'a parameter: it is whatever the caller gives';
  if (named !== undefined) return `declared in \`${named}\`, whose code is not looked at`;
  if (file.isDeclarationFile) return 'declared without its code';
  if (isMethodSignatureDeclaration(declaration) || isPropertySignatureDeclaration(declaration))
    return 'only declared, in an interface or a type: any implementation may be behind it';
  return 'declared here; its code is not known';
}

/** `the package \`pg\` is not installed`, where that is why nothing is known of an expression. */
export async function missingPackage(node: Node, types: Oracle, isInstalled: IsInstalled): Promise<string | undefined> {
  const root = rootOf(node);
  const declarations = await types.declarationsOf(root);
  const imported = declarations.map(missingImport).find((module) => module !== undefined);
  const [origin] = imported === undefined ? await types.origins(node) : [];
  const module = imported ?? origin?.module;
  if (module === undefined || module.startsWith('/') || module === 'global') return undefined;
  const [declared] = declarations;
  if (imported === undefined && declared && packageOf(declared.getSourceFile().fileName) !== undefined)
    return undefined;
  if (module.startsWith('.')) return `\`${module}\` is not found`;
  if (module.startsWith('node:')) {
    const isThere = await isInstalled('@types/node');
    return isThere ? 'the tsconfig leaves `@types/node` out' : '`@types/node` is not installed';
  }
  const [name = module] = /^(?:@[^/]+\/)?[^/]+/.exec(module) ?? [];
  return `the package \`${name}\` ${(await isInstalled(name)) ? 'has no types' : 'is not installed'}`;
}

/** The module of an import that leads nowhere: what it names would be declared elsewhere. */
function missingImport(declaration: Node): string | undefined {
  if (!isImportSpecifier(declaration) && !isImportClause(declaration) && !isNamespaceImport(declaration))
    return undefined;
  for (let at: Node | undefined = declaration; at; at = at.parent) {
    if (isImportDeclaration(at)) return isStringLiteral(at.moduleSpecifier) ? at.moduleSpecifier.text : undefined;
  }
  return undefined;
}

/** The name that an expression starts with: `a` of `a.b().c`. */
function rootOf(node: Node): Node {
  let at = unwrap(node);
  while (isCallExpression(at) || isPropertyAccessExpression(at) || isNewExpression(at)) at = unwrap(at.expression);
  return at;
}

function packageOf(file: string): string | undefined {
  return /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(file)?.[1];
}

/** Whether a file says what the language and the DOM are. */
function isOfLanguage(file: string): boolean {
  return /\/lib\.[\w.]+\.d\.ts$/.test(file);
}
