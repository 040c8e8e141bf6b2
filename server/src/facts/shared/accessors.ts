/**
 * State behind a pair of functions that another file declares: `if (!store.getToken()) store.setToken(await login());`. The
 * names make the pair, and what they do says whether both speak of the same state.
 */
import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import type { Access } from './accesses.ts';
import { keyText, type Place, placeOf, shortText } from './places.ts';
import { ownTouches } from './touches.ts';

const reading = /^(?:get|is|has|peek|current)([A-Z]\w*)$/;
const writing = /^(?:set|put|mark|store|register|add)([A-Z]\w*)$/;

/** The access that a call stands for by its name, whether or not the pair is complete. Undefined for other calls. */
export function accessorAt(call: CallExpression, fn: FunctionNode): Access | undefined {
  const callee = unwrap(call.expression);
  const name = isIdentifier(callee) ? callee.text : isPropertyAccessExpression(callee) ? callee.name.text : '';
  const what = reading.exec(name)?.[1] ?? writing.exec(name)?.[1];
  // What answers later is a store of its own, and keeps its order or does not.
  if (what === undefined || isAwaitExpression(wrapped(call).parent)) return undefined;
  const access = reading.test(name) ? 'read' : 'write';
  const [first, second, third] = call.arguments;
  const isKeyed = access === 'read' ? first !== undefined && !second : second !== undefined && !third;
  const key = isKeyed && first ? keyText(first) : undefined;
  if ((isKeyed && key === undefined) || (access === 'read' ? second : third) !== undefined) return undefined;
  const place = placeBehind(callee, what, key, fn);
  const value = isKeyed ? second : first;
  if (!place || (access === 'write' && !value)) return undefined;
  return {
    place,
    access,
    node: call,
    how: access === 'write' ? 'method' : 'value',
    method: name,
    ...(access === 'write' && value && { value }),
  };
}

function placeBehind(callee: Node, what: string, key: string | undefined, fn: FunctionNode): Place | undefined {
  const path = key === undefined ? `.${what}()` : `.${what}()[${key}]`;
  const name = what.charAt(0).toLowerCase() + what.slice(1);
  if (isIdentifier(callee)) {
    const declared = declarationName(callee);
    if (declared?.parent.kind !== SyntaxKind.ImportSpecifier) return undefined;
    const from = (declared.parent.parent.parent.parent as Node & { readonly moduleSpecifier?: Node }).moduleSpecifier;
    const root = `import ${from?.getText() ?? ''}`;
    return { kind: 'module', key: root + path, text: name, depth: 1, declared: undefined };
  }
  if (!isPropertyAccessExpression(callee)) return undefined;
  const base = placeOf(callee.expression, fn);
  const isShared = base && (base.kind === 'field' ? base.depth > 0 : base.kind === 'module' || base.kind === 'closure');
  if (!base || !isShared) return undefined;
  const text = `${shortText(callee.expression)}.${name}`;
  return { ...base, key: base.key + path, text, depth: base.depth + 1 };
}

/** Whether a place is one behind accessors, which `isOneState` has to confirm. */
export function isBehindAccessors({ key }: Place): boolean {
  return key.includes('()');
}

/** The accesses of accessors of which the same function calls both, the one that reads and the one that writes. */
export function pairedAccessors(found: readonly Access[]): readonly Access[] {
  const kinds = new Map<string, Set<Access['access']>>();
  for (const { place, access } of found)
    kinds.set(place.key, (kinds.get(place.key) ?? new Set<Access['access']>()).add(access));
  return found.filter(({ place }) => kinds.get(place.key)?.size === 2);
}

/** Whether two calls are of functions that touch the same state of another file, at once and by themselves. */
export async function isOneState(reader: Node, writer: Node, types: Oracle): Promise<boolean> {
  const [reads, writes] = await Promise.all([touchedBy(reader, 'read', types), touchedBy(writer, 'write', types)]);
  return [...reads].some((name) => writes.has(name));
}

async function touchedBy(call: Node, access: Access['access'], types: Oracle): Promise<ReadonlySet<string>> {
  if (!isCallExpression(call)) return new Set();
  const functions = await types.functionsOf(call.expression);
  const [fn, another] = functions.filter(({ body }) => body);
  if (!fn || another || isAsyncFunction(fn)) return new Set();
  const own = ownTouches(fn).filter((touch) => touch.access === access);
  return new Set(own.map(({ of, name }) => `${fn.getSourceFile().fileName} ${of} ${name}`));
}
