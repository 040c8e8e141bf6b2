/** The places of a file that hold a lock: until a callback has ended, or until they release it. */
import { acquiredBy } from '../../../facts/lifetime/acquired-locks.ts';
import type { LockKnowledge } from '../../../knowledge/locks.ts';
import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  type SourceFile,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { namesIn, referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

export interface Holding {
  readonly call: CallExpression;
  /** Equal for one lock. */
  readonly key: string;
  readonly name: string;
  /** The callback while which it is held; undefined for one that is released by hand. */
  readonly region: FunctionNode | undefined;
  /** Whether it is held while a callback runs that is written elsewhere. */
  readonly isOpaque?: boolean;
  /** The names of methods of the lock that release it. */
  readonly release: readonly string[];
}

/** By names alone: whether a file calls something twice that may hold a lock. */
export function mayHoldTwice(file: SourceFile, known: LockKnowledge): boolean {
  const words = known.names.filter((name) => file.text.includes(name));
  return (words.length > 0 && callsOf(file, words).length > 1) || file.text.includes('p-limit');
}

export async function holdingsIn(file: SourceFile, ctx: RuleContext): Promise<readonly Holding[]> {
  const found = await Promise.all(callsOf(file, ctx.knowledge.locks.names).map((call) => holdingAt(call, ctx)));
  return [...found.filter((holding) => holding !== undefined), ...limitsOf(file)];
}

/** Calls of `const limit = pLimit(1)`: a call inside of another one waits for that to end. */
function limitsOf(file: SourceFile): readonly Holding[] {
  if (!file.text.includes('p-limit')) return [];
  return namesIn(file, 'pLimit').flatMap((made): readonly Holding[] => {
    const { parent } = made;
    const isOne = isCallExpression(parent) && parent.expression === made && parent.arguments[0]?.getText() === '1';
    const variable = isOne ? wrapped(parent).parent : undefined;
    if (!variable || !isVariableDeclaration(variable) || !isIdentifier(variable.name)) return [];
    const { name } = variable;
    return referencesTo(name).flatMap(({ parent: call, pos }): readonly Holding[] => {
      const region = isCallExpression(call) && call.expression.pos === pos ? call.arguments[0] : undefined;
      const work = region && unwrap(region);
      if (!isCallExpression(call) || !work) return [];
      const isHere = isFunctionNode(work);
      return [
        {
          call,
          key: `limit ${name.pos}`,
          name: name.text,
          region: isHere ? work : undefined,
          release: [],
          isOpaque: !isHere,
        },
      ];
    });
  });
}

function callsOf(file: SourceFile, names: readonly string[]): readonly CallExpression[] {
  return names
    .flatMap((name) => namesIn(file, name))
    .map(({ parent }) => parent.parent)
    .filter((call): call is CallExpression => call !== undefined && isCallExpression(call) && isMethodCall(call));
}

function isMethodCall({ expression }: CallExpression): boolean {
  const callee = unwrap(expression);
  if (!isPropertyAccessExpression(callee)) return false;
  // `request` is a lock's only for `navigator.locks`.
  return callee.name.text !== 'request' || lastName(callee.expression) === 'locks';
}

async function holdingAt(call: CallExpression, ctx: RuleContext): Promise<Holding | undefined> {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return undefined;
  const receiver = unwrap(callee.expression);
  const form = ctx.knowledge.locks.runsExclusively(await ctx.types.origins(callee)) ?? (await ownForm(call, ctx));
  if (form) {
    const region = call.arguments.map((argument) => unwrap(argument)).findLast((argument) => isFunctionNode(argument));
    const [first] = call.arguments;
    if (!first || isShared(call)) return undefined;
    const name = form === 'key' ? first.getText() : receiver.getText();
    const key = form === 'key' ? `${keyOf(receiver)} ${first.getText()}` : keyOf(receiver);
    return { call, key, name, region, release: [], isOpaque: region === undefined };
  }
  const lock = await acquiredBy(call, ctx);
  if (lock?.kind !== 'lock' || (lock.gives !== 'releaser' && lock.gives !== 'nothing')) return undefined;
  return { call, key: keyOf(receiver), name: receiver.getText(), region: undefined, release: lock.release };
}

/** A lock of the project's own, by the words that all of them use. */
async function ownForm(call: CallExpression, ctx: RuleContext): Promise<'receiver' | undefined> {
  if (!/^(?:runExclusive|withLock|synchronized)$/.test(lastName(call) ?? '')) return undefined;
  const functions = await ctx.facts.calledFunctions(call);
  return functions.length > 0 ? 'receiver' : undefined;
}

/** A semaphore has room for more than one, and so has a lock that is shared, or taken only where it is free. */
function isShared(call: CallExpression): boolean {
  const text = call.arguments.find((argument) => argument.kind === SyntaxKind.ObjectLiteralExpression)?.getText() ?? '';
  return /shared|ifAvailable|steal|domainReentrant/.test(text);
}

/** A lock is a variable, or a field of the class around. */
function keyOf(receiver: Node): string {
  let root = receiver;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (isIdentifier(root)) return `${declarationName(root)?.pos ?? ''} ${receiver.getText()}`;
  if (root.kind !== SyntaxKind.ThisKeyword) return receiver.getText();
  let owner: Node | undefined = root;
  while (owner && !isClassLikeDeclaration(owner)) owner = owner.parent;
  return `${owner?.pos ?? ''} ${receiver.getText()}`;
}
