import type { CompilerOptions } from 'typescript/async';
import { JsxEmit, ModuleKind, ModuleResolutionKind } from 'typescript/async';
import { join } from './paths.ts';

/**
 * Makes the options of a real tsconfig usable for linting with TypeScript 7: what it removed is replaced by what comes
 * nearest, what concerns emit is dropped, and what is missing falls back to sane values. Nothing here may silence a rule.
 */
export interface LintOptions {
  readonly options: CompilerOptions;
  /** Options that TypeScript 7 removed, as the user wrote them. */
  readonly removed: readonly string[];
}

/** ES5 in TypeScript's numbering; ES3 is 0. */
const lastRemovedTarget = 1;
const esnext = 99;
const removedModuleKinds = new Map<number, string>([
  [0, 'none'],
  [2, 'amd'],
  [3, 'umd'],
  [4, 'system'],
]);
const removedResolutions = new Map<number, string>([
  [1, 'classic'],
  [2, 'node10'],
]);

/** Options that decide what is written and where, or that only produce complaints about it. */
const emitOptions = [
  'allowImportingTsExtensions',
  'composite',
  'configFilePath',
  'declaration',
  'declarationDir',
  'declarationMap',
  'emitBOM',
  'emitDeclarationOnly',
  'importHelpers',
  'incremental',
  'inlineSourceMap',
  'inlineSources',
  'isolatedDeclarations',
  'mapRoot',
  'noEmitHelpers',
  'noEmitOnError',
  'outDir',
  'outFile',
  'plugins',
  'removeComments',
  'rewriteRelativeImportExtensions',
  'rootDir',
  'sourceMap',
  'sourceRoot',
  'stripInternal',
  'tsBuildInfoFile',
  'verbatimModuleSyntax',
] as const;

/** Options that TypeScript 7 no longer knows at any value, or no longer at `false`. */
const removedAtAnyValue = [
  'charset',
  'downlevelIteration',
  'keyofStringsOnly',
  'noImplicitUseStrict',
  'noStrictGenericChecks',
  'suppressExcessPropertyErrors',
  'suppressImplicitAnyIndexErrors',
  'importsNotUsedAsValues',
  'preserveValueImports',
];
const removedAtFalse = ['alwaysStrict', 'esModuleInterop', 'allowSyntheticDefaultImports'];

/** The options of a file that no tsconfig speaks of. */
export const defaultOptions: CompilerOptions = {
  allowJs: true,
  jsx: JsxEmit.Preserve,
  module: ModuleKind.Preserve,
  moduleResolution: ModuleResolutionKind.Bundler,
  resolveJsonModule: true,
  skipLibCheck: true,
  strict: true,
  target: esnext,
  types: ['*'],
  noEmit: true,
};

/**
 * @param parsed the options as the compiler parsed them, with `extends` applied
 * @param directory the folder of the tsconfig, absolute
 * @param complete false where something that the tsconfig extends could not be read
 * @param packages names of workspace packages that resolve to nothing yet, with the paths of their sources
 */
export function lintOptions(
  parsed: CompilerOptions,
  directory: string,
  complete: boolean,
  packages: Readonly<Record<string, readonly string[]>>,
): LintOptions {
  const given = parsed as Readonly<Record<string, unknown>>;
  const options: Record<string, unknown> = { ...(complete ? {} : defaultOptions), ...given };
  const removed: string[] = [];
  for (const name of emitOptions) delete options[name];
  for (const name of removedAtAnyValue) if (name in options) removed.push(take(options, name, name));
  for (const name of removedAtFalse) if (options[name] === false) removed.push(take(options, name, `${name}: false`));

  const target = given.target;
  if (typeof target === 'number' && target <= lastRemovedTarget) {
    removed.push(`target: ${target === 0 ? 'ES3' : 'ES5'}`);
    options.target = esnext;
  }
  const resolution = removedResolutions.get(Number(given.moduleResolution));
  const moduleKind = removedModuleKinds.get(typeof given.module === 'number' ? given.module : -1);
  if (resolution) removed.push(`moduleResolution: ${resolution}`);
  if (moduleKind) removed.push(`module: ${moduleKind}`);
  if (resolution || moduleKind) {
    options.module = ModuleKind.Preserve;
    options.moduleResolution = ModuleResolutionKind.Bundler;
  }
  if (given.outFile !== undefined) removed.push('outFile');

  const base = typeof given.baseUrl === 'string' ? given.baseUrl : undefined;
  if (base) removed.push('baseUrl');
  delete options.baseUrl;
  options.paths = absolutePaths(given, base, directory, packages);
  delete options.pathsBasePath;

  if (!hasPromise(given.lib)) delete options.lib;
  delete options.noLib;
  options.types ??= ['*'];
  options.noEmit = true;
  options.skipLibCheck = true;
  options.jsx ??= JsxEmit.Preserve;
  return { options: options as CompilerOptions, removed };
}

function take(options: Record<string, unknown>, name: string, label: string): string {
  delete options[name];
  return label;
}

/** `paths` as absolute patterns; `baseUrl` and workspace packages become patterns of their own, after the user's. */
function absolutePaths(
  given: Readonly<Record<string, unknown>>,
  base: string | undefined,
  directory: string,
  packages: Readonly<Record<string, readonly string[]>>,
): Record<string, string[]> | undefined {
  const from = base ?? (typeof given.pathsBasePath === 'string' ? given.pathsBasePath : directory);
  const paths: Record<string, string[]> = {};
  for (const [pattern, targets] of Object.entries((given.paths ?? {}) as Record<string, readonly string[]>)) {
    paths[pattern] = targets.map((target) => join(from, target));
  }
  for (const [pattern, targets] of Object.entries(packages)) paths[pattern] ??= [...targets];
  if (base) paths['*'] = [...(paths['*'] ?? []), join(base, '*')];
  return Object.keys(paths).length > 0 ? paths : undefined;
}

/** Old projects had `Promise` from a reference in @types/node; without it a `lib` of ES5 has none, and every rule would fall silent. */
function hasPromise(lib: unknown): boolean {
  if (!Array.isArray(lib) || lib.length === 0) return false;
  return lib.some((name) => /^lib\.(?:es(?:6|7|20\d\d)|esnext)(?:\.full|\.promise)?\.d\.ts$/.test(String(name)));
}
