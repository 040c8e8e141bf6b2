/** What the functions of the same file do to shared places that a function calls: before their first suspension, and behind it. */
import type { FlowGraph, Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { stepsAfter } from '../../flow/reach.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isClassLikeDeclaration,
  isFunctionDeclaration,
  isFunctionNode,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { NodeNotes } from '../../typescript/node-notes.ts';
import { remember } from '../../typescript/remember.ts';
import { callsBetween } from '../../typescript/tree-walk.ts';
import { type Access, accessesOf, runsHere } from './accesses.ts';
import { isWithinPlace, keyText, overlap, type Place } from './places.ts';
import { isSingleFlight } from './single-flight.ts';
import { stepsOfAccess } from './steps.ts';

const known = new WeakMap<FunctionNode, readonly Access[]>();

/** As `accessesOf`, with what helpers of the same file do: each access stands where the helper is called. */
export function accessesWithin(fn: FunctionNode): readonly Access[] {
  return remember(known, fn, () => [...accessesOf(fn), ...throughCalls(fn, 0)]);
}

/** What is done through helpers, and through helpers of helpers; those further down are not followed. */
const knownThrough = [new WeakMap<FunctionNode, readonly Access[]>(), new WeakMap<FunctionNode, readonly Access[]>()];

function throughCalls(fn: FunctionNode, depth: number): readonly Access[] {
  const known = knownThrough[depth];
  return known ? remember(known, fn, () => findThrough(fn, depth)) : [];
}

function findThrough(fn: FunctionNode, depth: number): readonly Access[] {
  const found: Access[] = [];
  for (const call of callsIn(fn)) {
    const helper = helperOf(call);
    if (!helper || helper === fn || isSingleFlight(call)) continue;
    for (const access of [...accessesOf(helper), ...throughCalls(helper, depth + 1)]) {
      const moved = atCall(access, helper, call);
      if (moved) found.push(moved);
    }
  }
  return found;
}

/**
 * Whether a function calls an async function of the same file, by itself or through a helper. Only those write something
 * behind a wait of their own.
 */
export function callsAsyncHelper(fn: FunctionNode, depth = 0): boolean {
  if (depth >= knownThrough.length) return false;
  return callsIn(fn).some((call) => {
    const helper = helperOf(call);
    return helper !== undefined && helper !== fn && (isAsyncFunction(helper) || callsAsyncHelper(helper, depth + 1));
  });
}

const knownCalls = new NodeNotes<readonly CallExpression[]>();

/** The calls that run as part of a function, in the order of the text. */
function callsIn(fn: FunctionNode): readonly CallExpression[] {
  return remember(knownCalls, fn, () => {
    const { body } = fn as { readonly body?: Node };
    if (!body) return [];
    return callsBetween(fn.getSourceFile(), body.pos, body.end).filter((call) => isRunWith(call, body));
  });
}

/** Whether a node of a body runs when the body does, and not in a function that is only made there. */
function isRunWith(node: Node, body: Node): boolean {
  for (let at: Node | undefined = node; at && at !== body; at = at.parent)
    if (isFunctionNode(at) && !runsHere(at)) return false;
  return true;
}

/** The function of the same file that a call runs: `this.connect()` of the same class, or `connect()`. */
function helperOf(call: CallExpression): FunctionNode | undefined {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee)) {
    const declared = declarationName(callee)?.parent;
    if (!declared) return undefined;
    if (isFunctionDeclaration(declared)) return declared.body ? declared : undefined;
    const value = isVariableDeclaration(declared) && declared.initializer ? unwrap(declared.initializer) : undefined;
    return value && isFunctionNode(value) ? value : undefined;
  }
  if (!isPropertyAccessExpression(callee) || callee.expression.kind !== SyntaxKind.ThisKeyword) return undefined;
  const owner = classAround(call);
  if (!owner) return undefined;
  return remember(methods, owner, () => methodsOf(owner)).get(callee.name.text);
}

const methods = new WeakMap<Node, ReadonlyMap<string, FunctionNode>>();

function methodsOf(owner: { readonly members: readonly Node[] }): ReadonlyMap<string, FunctionNode> {
  const found = new Map<string, FunctionNode>();
  for (const member of owner.members) {
    const { text } = (member as { readonly name?: Node & { readonly text?: string } }).name ?? {};
    if (text === undefined || found.has(text)) continue;
    const value = isPropertyDeclaration(member) && member.initializer ? unwrap(member.initializer) : undefined;
    if (isMethodDeclaration(member) && member.body) found.set(text, member);
    else if (value && isFunctionNode(value)) found.set(text, value);
  }
  return found;
}

/** The class that a node is in. */
export function classAround(node: Node): (Node & { readonly members: readonly Node[] }) | undefined {
  let at: Node | undefined = node;
  while (at && !isClassLikeDeclaration(at)) at = at.parent;
  return at as (Node & { readonly members: readonly Node[] }) | undefined;
}

/** A helper's access as one of its caller's, at the call; undefined where the place is none of the caller's. */
function atCall(access: Access, helper: FunctionNode, call: CallExpression): Access | undefined {
  const place = translated(access.place, helper, call);
  if (!place) return undefined;
  const isLate = isAsyncFunction(helper) && comesLate(access, helper);
  const given = givenFor(access.through?.given ?? access.value, helper, call);
  return {
    ...access,
    place,
    node: call,
    value: call,
    through: {
      helper,
      origin: access.through?.origin ?? access,
      isLate: isLate || access.through?.isLate === true,
      ...(given && { given }),
    },
  };
}

/** `next` of `setState(next) { this.state = next; }` is what the call gives for it. */
function givenFor(value: Node | undefined, helper: FunctionNode, call: CallExpression): Node | undefined {
  const at = value && unwrap(value);
  if (!at || !isIdentifier(at)) return at;
  const index = helper.parameters.findIndex(({ name }) => isIdentifier(name) && name.text === at.text);
  return index < 0 ? at : call.arguments[index];
}

/** Entries whose key is a parameter of the helper are entries of what the call gives for it. */
function translated(place: Place, helper: FunctionNode, call: CallExpression): Place | undefined {
  if (place.kind === 'parameter' || place.kind === 'local') return undefined;
  if (!place.key.includes('[')) return place;
  let { key, text } = place;
  for (const [whole, inner] of key.matchAll(/\[([^\]]*)\]/g)) {
    if (inner === undefined || /^['\d]/.test(inner) || inner.startsWith('this')) continue;
    const root = /^[\w$]+/.exec(inner)?.[0] ?? '';
    const index = helper.parameters.findIndex(({ name }) => isIdentifier(name) && name.text === root);
    const given = index >= 0 ? call.arguments[index] : undefined;
    const givenKey = given && keyText(given);
    if (givenKey === undefined) return undefined;
    key = key.replace(whole, `[${inner.replace(root, givenKey)}]`);
    text = text.replace(`(${inner})`, `(${inner.replace(root, givenKey)})`);
  }
  return { ...place, key, text };
}

/** Whether an access of an async function comes behind its first suspension on some path. */
function comesLate(access: Access, helper: FunctionNode): boolean {
  const graph = graphOf(helper);
  const late = remember(behindWaits, graph, () => stepsAfter(graph.steps.filter((step) => step.suspends)));
  return stepsOfAccess(access, graph).some((step) => !step.isDead && (step.suspends || late.has(step)));
}

const behindWaits = new WeakMap<FlowGraph, ReadonlySet<Step>>();

/** Whether a helper looks at a place by itself: whether it then protects its write is a question about the helper. */
export function looksItself(helper: FunctionNode, place: Place): boolean {
  return accessesWithin(helper).some((access) => access.access === 'read' && overlap(access.place, place));
}

/** Whether a helper writes a place already before it waits, so that whoever looks next finds it taken. */
export function claimsFirst(helper: FunctionNode, place: Place): boolean {
  return accessesWithin(helper).some(
    (access) =>
      access.access === 'write' &&
      isWithinPlace(place, access.place) &&
      !(access.through ? access.through.isLate : comesLate(access, helper)),
  );
}
