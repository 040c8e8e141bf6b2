/** Who holds what a call acquired, and where it is given back. By syntax alone. */
import { type HeldUse, holderOf, useOf } from '../../../facts/lifetime/held-values.ts';
import { rootOf } from '../../../flow/graph-of.ts';
import type { KnownLock } from '../../../knowledge/locks.ts';
import {
  type CallExpression,
  type Identifier,
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { isUsing } from '../../../typescript/promise-syntax.ts';
import { referencesTo } from '../../../typescript/references.ts';

/** A place where it is released, or given to somebody who will. */
export interface Release {
  readonly at: Node;
  /** The call that releases; undefined where it goes to others. */
  readonly call: CallExpression | undefined;
}

export type Held =
  | {
      readonly kind: 'variable';
      readonly name: Identifier;
      /** `escapes` where it goes to others and nothing here releases it. */
      readonly releases: (lock: KnownLock) => readonly Release[] | 'escapes';
    }
  | {
      readonly kind: 'dropped' | 'passing';
      readonly releasesOfLock: (lock: KnownLock) => readonly Release[] | 'escapes';
    }
  | { readonly kind: 'elsewhere' };

export function heldBy(call: CallExpression): Held {
  const holder = holderOf(call);
  switch (holder.kind) {
    case 'variable': {
      const { written, uses } = holder;
      return { kind: 'variable', name: written, releases: (lock) => releasesIn(uses, call, lock) };
    }
    case 'dropped':
      return { kind: 'dropped', releasesOfLock: (lock) => byLock(call, lock) };
    case 'passing':
      // `pool.connect().then(…)` goes its own way.
      return /^(?:then|catch|finally|release\w*|cancel|closed)$/.test(holder.member)
        ? { kind: 'elsewhere' }
        : { kind: 'passing', releasesOfLock: () => [] };
    default:
      return inPair(call) ?? { kind: 'elsewhere' };
  }
}

/** `const [value, release] = await semaphore.acquire()`. */
function inPair(call: CallExpression): Held | undefined {
  let at = wrapped(call);
  if (isAwaitExpression(at.parent)) at = wrapped(at.parent);
  const { parent } = at;
  if (!isVariableDeclaration(parent) || isUsing(parent.parent)) return undefined;
  if (parent.name.kind !== SyntaxKind.ArrayBindingPattern) return undefined;
  const element = (parent.name as Node & { readonly elements: readonly Node[] }).elements[1];
  const name = element && isBindingElement(element) ? element.name : undefined;
  if (!name || !isIdentifier(name)) return undefined;
  return { kind: 'variable', name, releases: (lock) => releasesIn(referencesTo(name).map(useOf), call, lock) };
}

function releasesIn(uses: readonly HeldUse[], call: CallExpression, lock: KnownLock): readonly Release[] | 'escapes' {
  const { gives, release } = lock;
  const direct = uses.flatMap((use): readonly Release[] => {
    const at = use.name;
    if (gives === 'releaser' || gives === 'pair') {
      const outer = wrapped(at).parent;
      const called = isCallExpression(outer) && outer.expression === wrapped(at) ? outer : undefined;
      return called ? [{ at, call: called }] : [];
    }
    if (gives === 'handle')
      return use.kind === 'method' && release.includes(use.member) ? [{ at, call: use.call }] : [];
    const isGivenBack = use.kind === 'argument' && release.includes(lastName(use.call) ?? '');
    return isGivenBack && isCallExpression(use.call) ? [{ at, call: use.call }] : [];
  });
  const lockReleases = gives === 'handle' || gives === 'resource' ? [] : byLock(call, lock);
  const known = [...direct, ...lockReleases];
  // Handed on as a whole, it is somebody else's to release; given to a call, only where nothing here does it.
  const escapes = uses.filter(
    (use) =>
      !direct.some(({ at }) => at === use.name) &&
      ((use.kind === 'escape' && !isOption(use.name)) ||
        ((use.kind === 'argument' || use.kind === 'escape') && known.length === 0)),
  );
  const captured = uses.some(({ name }) => rootOf(name) !== rootOf(call)) && known.length === 0;
  if (known.length === 0 && (escapes.length > 0 || captured)) return 'escapes';
  return [...known, ...escapes.map(({ name }) => ({ at: name, call: undefined }))];
}

/** `db.insert(row, { session })`: work that is done with it. */
function isOption(use: Node): boolean {
  let at = wrapped(use);
  while (at.parent.kind === SyntaxKind.PropertyAssignment || at.parent.kind === SyntaxKind.ShorthandPropertyAssignment)
    at = wrapped(at.parent.parent);
  return at !== wrapped(use) && isCallExpression(at.parent) && at.parent.expression !== at;
}

/** The calls of the lock's own releasing methods in the same function, and in functions inside it. */
function byLock(call: CallExpression, { release }: KnownLock): readonly Release[] {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return [];
  const texts = new Set(release.map((name) => `${callee.expression.getText()}.${name}`));
  const found: Release[] = [];
  const look = (node: Node): void => {
    if (isCallExpression(node) && texts.has(node.expression.getText())) found.push({ at: node, call: node });
    node.forEachChild(look);
  };
  look(rootOf(call));
  return found;
}
