/** Things that are opened over a wait and kept, though what would have closed them may have run meanwhile. */
import { graphOf } from '../../flow/graph-of.ts';
import { stepsAfter } from '../../flow/reach.ts';
import { isShutdown } from '../../knowledge/best-effort.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isVariableDeclaration,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { functionName } from '../uses.ts';
import { type Access, accessesOf } from './accesses.ts';
import { branchesOn, isGuarded, isRechecked } from './guards.ts';
import { functionsBeside } from './other-writers.ts';
import { isWithinPlace } from './places.ts';
import { stepsOfAccess } from './steps.ts';
import { type Window, windowOf } from './windows.ts';

export interface EndedMeanwhile {
  /** The look at the flag before the wait, or that of another function, which reckons with it. */
  readonly look: Access;
  /** The other function that looks at the flag, where this one does not at all. */
  readonly asker?: FunctionNode;
  readonly write: Access;
  readonly window: Window;
  /** What ends the object: the function, and where it says so. */
  readonly ender: FunctionNode;
  readonly flag: Access;
}

/**
 * `if (this.closed) throw …; this.socket = await open();` beside `close() { this.closed = true; this.socket?.end(); }`:
 * looked at before the wait, and not behind it. In the order of the source. Asks the compiler nothing.
 */
export function endedMeanwhile(fn: FunctionNode): readonly EndedMeanwhile[] {
  if (!fn.body || !suspends(fn) || isShutdown(functionName(fn)?.text ?? '')) return [];
  const accesses = accessesOf(fn);
  return accesses.flatMap((write) => {
    if (write.access !== 'write' || write.how !== 'assign' || !write.value || !isAwaited(write.value)) return [];
    const found = endOf(write, accesses, fn);
    return found ? [found] : [];
  });
}

function endOf(write: Access, accesses: readonly Access[], fn: FunctionNode): EndedMeanwhile | undefined {
  if (write.place.kind !== 'field' && write.place.kind !== 'module' && write.place.kind !== 'closure') return undefined;
  for (const ender of functionsBeside(write.place, fn)) {
    if (ender === fn || !isShutdown(functionName(ender)?.text ?? '')) continue;
    const own = accessesOf(ender);
    if (!own.some((one) => ends(one, write))) continue;
    for (const flag of own.filter(isRaised)) {
      if (flag.place.key === write.place.key) continue;
      const look = accesses.find((one) => one.access === 'read' && one.place.key === flag.place.key);
      const asked = look ? undefined : askedBy(flag, [fn, ender]);
      const window = look
        ? unlooked(look, write, accesses, fn)
        : asked && unlooked(undefined, write, accesses, fn, flag);
      if (look && window) return { look, write, window, ender, flag };
      if (asked && window) return { ...asked, write, window, ender, flag };
    }
  }
  return undefined;
}

/** A look at the flag that decides something in another function: there is something that must not go on after the end. */
function askedBy(
  flag: Access,
  without: readonly FunctionNode[],
): { readonly look: Access; readonly asker: FunctionNode } | undefined {
  for (const asker of functionsBeside(flag.place, flag.node)) {
    if (without.includes(asker) || isShutdown(functionName(asker)?.text ?? '')) continue;
    const look = accessesOf(asker).find(
      (one) => one.access === 'read' && one.place.key === flag.place.key && branchesOn(one, graphOf(asker)).length > 0,
    );
    if (look) return { look, asker };
  }
  return undefined;
}

/** Whether somebody ends what the place holds, and so means to leave nothing open. */
function ends({ place, node }: Access, write: Access): boolean {
  if (!isWithinPlace(place, write.place)) return false;
  return (
    isCallExpression(node) &&
    /^(?:end|abort|cancel|kill|terminate)$|close|destroy|dispose|disconnect|release|stop/i.test(lastName(node) ?? '')
  );
}

/** `this.closed = true`. */
function isRaised({ access, how, value }: Access): boolean {
  return access === 'write' && how === 'assign' && value?.kind === SyntaxKind.TrueKeyword;
}

/** A path from the look, or from the beginning, over a wait to the write, where nobody asks again, there or behind the write. */
function unlooked(
  look: Access | undefined,
  write: Access,
  accesses: readonly Access[],
  fn: FunctionNode,
  flag: Access | undefined = look,
): Window | undefined {
  const graph = graphOf(fn);
  const from = look ? stepsOfAccess(look, graph).filter(({ isDead }) => !isDead) : [graph.entry];
  const to = new Set(stepsOfAccess(write, graph).filter(({ isDead, kind }) => !isDead && kind !== 'read'));
  const [start] = from;
  if (!start || to.size === 0 || (look && branchesOn(look, graph).length === 0)) return undefined;
  // Whoever closes it behind the wait leaves nothing open.
  const endsIt = [...stepsAfter([...to])].some(({ kind, node }) => kind === 'call' && isShutdown(lastName(node) ?? ''));
  if (endsIt) return undefined;
  const others = accesses.filter((one) => one !== look && flag && isWithinPlace(one.place, flag.place));
  if (others.length > 0) return undefined;
  const window = windowOf({ graph, from, to, looks: new Set(look ? from : []), claims: new Set() });
  if (!window || isRechecked(fn, window.suspension, window.write, write.place)) return undefined;
  return isGuarded(fn, graph, start, window.suspension, write.place) ? undefined : window;
}

/** What a wait gives, directly or through a constant. */
function isAwaited(value: Node): boolean {
  const at = unwrap(value);
  if (isAwaitExpression(at)) return true;
  const declared = isIdentifier(at) ? declarationName(at)?.parent : undefined;
  return declared !== undefined && isVariableDeclaration(declared) && declared.initializer !== undefined
    ? isAwaitExpression(unwrap(declared.initializer))
    : false;
}
