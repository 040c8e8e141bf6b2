import {
  type BlockingApi,
  blockingApi,
  isBlockingModule,
  isBlockingName,
  type SleepApi,
  sleepApi,
} from '../knowledge/blocking.ts';
import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  isIdentifier,
  isImportDeclaration,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableStatement,
  lastName,
  type NewExpression,
  type Node,
  type SourceFile,
  unwrap,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { AsyncEntries, type AsyncEntry } from './async-entry.ts';
import { blocksWith, sleepingProcess } from './blocking-arguments.ts';
import { blocksOnPurpose, isInTest } from './blocking-places.ts';
import { FunctionUses, runningFunction } from './uses.ts';

/** What a blocking call does: works, or only sleeps. */
export type Blocking =
  | { readonly does: 'work'; readonly api: BlockingApi }
  | { readonly does: 'sleep'; readonly api: SleepApi };

type Call = CallExpression | NewExpression;

/** One way in which others come to wait for a blocking call. */
export interface BlockingPath {
  /** Why others wait. */
  readonly entry: AsyncEntry;
  /** From the call in the entry's function to the blocking call itself; one call long where these are the same. */
  readonly calls: readonly [Call, ...Call[]];
}

/**
 * Blocking calls and who waits for them. Goes upwards from the blocking calls, which are rare, to the functions that
 * reach them, so that a file without any costs nothing. The way up stays within one file.
 */
export class BlockingFacts {
  readonly #types: Oracle;
  readonly #uses: FunctionUses;
  readonly #entries: AsyncEntries;
  readonly #blocking = new WeakMap<CallExpression, Promise<Blocking | undefined>>();
  readonly #paths = new WeakMap<CallExpression, Promise<readonly BlockingPath[]>>();
  readonly #imported = new WeakMap<SourceFile, ReadonlySet<string>>();

  constructor(types: Oracle) {
    this.#types = types;
    this.#uses = new FunctionUses(types);
    this.#entries = new AsyncEntries(types, this.#uses);
  }

  /** What a call does that blocks; undefined for the others. */
  of(call: CallExpression): Promise<Blocking | undefined> {
    let known = this.#blocking.get(call);
    if (!known) this.#blocking.set(call, (known = this.#find(call)));
    return known;
  }

  /** The shortest way, for each function in which others wait, to a blocking call. Empty where nobody waits. */
  pathsTo(call: CallExpression): Promise<readonly BlockingPath[]> {
    let known = this.#paths.get(call);
    if (!known) this.#paths.set(call, (known = this.#up([call], [])));
    return known;
  }

  async #find(call: CallExpression): Promise<Blocking | undefined> {
    const file = call.getSourceFile();
    if (!this.#mayBlock(call, file) || blocksOnPurpose(file)) return undefined;
    const origins = await this.#types.origins(call.expression);
    const sleep = sleepApi(origins);
    if (sleep) return { does: 'sleep', api: sleep };
    const api = blockingApi(origins);
    if (!api || !blocksWith(call, api)) return undefined;
    const process = api.kind === 'process' ? sleepingProcess(call, api) : undefined;
    return process ? { does: 'sleep', api: process } : { does: 'work', api };
  }

  /** By names alone, before anything is asked. */
  #mayBlock(call: CallExpression, file: SourceFile): boolean {
    const name = lastName(call.expression);
    if (name === undefined) return false;
    if (isBlockingName(name, file.text)) return true;
    const root = rootName(call.expression);
    return root !== undefined && this.#importedNames(file).has(root);
  }

  async #up(calls: readonly [Call, ...Call[]], seen: readonly FunctionNode[]): Promise<readonly BlockingPath[]> {
    const fn = runningFunction(calls[0]);
    if (!fn || seen.includes(fn) || isInTest(calls[0])) return [];
    const entry = await this.#entries.of(fn);
    if (entry) return [{ entry, calls }];
    if (!this.#entries.isCalledForItsResult(fn)) return [];
    const uses = await this.#uses.of(fn);
    const paths = await Promise.all(
      uses.map((use) =>
        use.kind === 'call' && isCallExpression(use.call) ? this.#up([use.call, ...calls], [...seen, fn]) : [],
      ),
    );
    return paths.flat();
  }

  #importedNames(file: SourceFile): ReadonlySet<string> {
    let known = this.#imported.get(file);
    if (!known) this.#imported.set(file, (known = namesFromBlockingModules(file)));
    return known;
  }
}

/** The name that a chain of members starts with: `a.b.c` → `a`. */
function rootName(expression: Node): string | undefined {
  let at = unwrap(expression);
  while (isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return isIdentifier(at) ? at.text : undefined;
}

/** What a file's imports and `require`s bind of modules with blocking functions, whatever it calls them. */
function namesFromBlockingModules(file: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: Node): void => {
    if (isIdentifier(node)) names.add(node.text);
    node.forEachChild(add);
  };
  for (const statement of file.statements) {
    if (isImportDeclaration(statement)) {
      const { moduleSpecifier, importClause } = statement;
      if (importClause && isStringLiteral(moduleSpecifier) && isBlockingModule(moduleSpecifier.text)) add(importClause);
    } else if (isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const required = initializer && requiredModule(initializer);
        if (required !== undefined && isBlockingModule(required)) add(name);
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
