import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isGenerator,
  isIdentifier,
  isImportDeclaration,
  isPropertyAccessExpression,
  isStringLiteral,
  lastName,
  type Node,
  type SourceFile,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { callsIn } from '../../typescript/tree-walk.ts';
import { functionKey } from '../inquiry.ts';
import { targetsOf } from '../targets.ts';
import { functionName, runningFunction } from '../uses.ts';
import { type BlockingChain, BlockingDescent, type BlockingSource } from './blocking-descent.ts';
import { blocksOnPurpose, isInTest } from './blocking-places.ts';

/** A call of a function from another file that blocks. */
export interface ImportedBlocking {
  readonly call: CallExpression;
  /** The function that calls: an async one, or one that async functions of the file call. */
  readonly fn: FunctionNode;
  readonly chain: BlockingChain;
}

/**
 * The calls by which a file's async functions, and those that they call, enter other files of the project and come to a
 * blocking call there.
 * Only functions called by an imported name are looked into, and each of them once for all files of the program.
 */
export async function importedBlocking(
  file: SourceFile,
  types: Oracle,
  blockingCalls: (types: Oracle) => BlockingSource,
): Promise<readonly ImportedBlocking[]> {
  if (!/\basync\b/.test(file.text) || blocksOnPurpose(file)) return [];
  const names = importedNames(file);
  if (names.size === 0) return [];
  const calls = waitingCalls(file, names);
  const found = await Promise.all(
    calls.map(async ({ call, fn }) => {
      for (const target of await targetsOf(call.expression, types)) {
        if (target.kind !== 'body' || !mayBlockOthers(target.fn, file)) continue;
        const chain = await chainInProgram(target.fn, types, blockingCalls);
        if (chain) return [{ call, fn, chain }];
      }
      return [];
    }),
  );
  return found.flat();
}

/** Whether a call is one of those that `importedBlocking` looks into when its file is checked. */
export function isImportedCall(call: Node): boolean {
  return isCallExpression(call) && isWaitingCall(call, importedNames(call.getSourceFile()));
}

/** What a function of the project leads to, asked once for all files; what the answer rests on counts for each of them. */
async function chainInProgram(
  fn: FunctionNode,
  types: Oracle,
  blockingCalls: (types: Oracle) => BlockingSource,
): Promise<BlockingChain | undefined> {
  const { chain, files } = await types.forProgram(`blocks ${functionKey(fn)}`, async () => {
    const apart = types.apart();
    const found = await new BlockingDescent(apart, blockingCalls(apart)).chainFrom(fn);
    return { chain: found, files: apart.consulted };
  });
  for (const each of files) types.consulted.add(each);
  return chain;
}

/** What is asynchronous blocks by itself, and is found there. */
function mayBlockOthers(fn: FunctionNode, from: SourceFile): boolean {
  const file = fn.getSourceFile();
  return file.fileName !== from.fileName && !isAsyncFunction(fn) && !isGenerator(fn) && !blocksOnPurpose(file);
}

/** The names that come from other files of the project, by what the imports say. */
function importedNames(file: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: Node): void => {
    if (isIdentifier(node)) names.add(node.text);
    node.forEachChild(add);
  };
  for (const statement of file.statements) {
    if (!isImportDeclaration(statement) || !statement.importClause) continue;
    const { moduleSpecifier } = statement;
    if (isStringLiteral(moduleSpecifier) && ofProject.test(moduleSpecifier.text)) add(statement.importClause);
  }
  return names;
}

/** Relative paths, and the usual shorthands for a project's own folders. */
const ofProject = /^(?:\.|#|~|@\/|src\/)/;

/** The calls by such a name whose result is used at once, in functions that others wait for, or that those call. */
function waitingCalls(
  file: SourceFile,
  names: ReadonlySet<string>,
): readonly { readonly call: CallExpression; readonly fn: FunctionNode }[] {
  const calls = callsIn(file);
  let called: ReadonlySet<string> | undefined;
  return calls.flatMap((call) => {
    const fn = entersAnother(call, names) ? runningFunction(call) : undefined;
    if (!fn || isAsyncFunction(fn)) return fn ? [{ call, fn }] : [];
    const name = functionName(fn)?.text;
    called ??= calledByAsync(calls);
    return name !== undefined && called.has(name) ? [{ call, fn }] : [];
  });
}

/** What async functions call, by name. */
function calledByAsync(calls: readonly CallExpression[]): ReadonlySet<string> {
  const names = calls.map((call) => {
    const fn = runningFunction(call);
    return fn && isAsyncFunction(fn) ? lastName(call.expression) : undefined;
  });
  return new Set(names.filter((name) => name !== undefined));
}

function isWaitingCall(call: CallExpression, names: ReadonlySet<string>): boolean {
  const fn = entersAnother(call, names) ? runningFunction(call) : undefined;
  return fn !== undefined && isAsyncFunction(fn);
}

function entersAnother(call: CallExpression, names: ReadonlySet<string>): boolean {
  return isByName(call, names) && !isAwaitExpression(wrapped(call).parent) && !isInTest(call);
}

/** `load()` and `files.load()`, where the first name is imported. */
function isByName(call: CallExpression, names: ReadonlySet<string>): boolean {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee)) return names.has(callee.text);
  if (!isPropertyAccessExpression(callee) || chained.has(lastName(callee) ?? '')) return false;
  const holder = unwrap(callee.expression);
  return isIdentifier(holder) && names.has(holder.text);
}

const chained = new Set(['then', 'catch', 'finally', 'bind', 'call', 'apply']);
