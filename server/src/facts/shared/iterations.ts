/** Loops over a shared collection with a suspension in their body. */

import type { Step } from '../../flow/graph.ts';
import { graphOf } from '../../flow/graph-of.ts';
import { collectionKnowledge as collections } from '../../knowledge/collections.ts';
import {
  type FunctionNode,
  isBinaryExpression,
  isCallExpression,
  isForOfStatement,
  isForStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isWhileStatement,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { suspends } from '../../typescript/promise-syntax.ts';
import { accessesOf } from './accesses.ts';
import { isShared, type Place, placeOf } from './places.ts';

export interface SharedIteration {
  readonly loop: Node;
  /** What is iterated, as it is written: `this.items`, or `this.items.values()`. */
  readonly iterated: Node;
  readonly place: Place;
  readonly suspension: Step;
  /** `index` for `for (let i = 0; i < items.length; i++)`. */
  readonly form: 'elements' | 'index';
}

/** In the order of the source. Asks the compiler nothing. */
export function sharedIterations(fn: FunctionNode): readonly SharedIteration[] {
  if (!fn.body || !suspends(fn)) return [];
  const found: SharedIteration[] = [];
  const visit = (node: Node): void => {
    const iteration = iterationAt(node, fn);
    if (iteration) found.push(iteration);
    node.forEachChild((child) => {
      if (!isFunctionNode(child)) visit(child);
    });
  };
  visit(fn.body);
  return found;
}

function iterationAt(loop: Node, fn: FunctionNode): SharedIteration | undefined {
  const subject = isForOfStatement(loop) ? { at: viewed(loop.expression), form: 'elements' as const } : indexed(loop);
  if (!subject || isOwnProtocol(loop, subject.at)) return undefined;
  const place = placeOf(subject.at, fn);
  if (place && isTakenOut(subject.at, place, fn)) return undefined;
  if (!place || !isShared(withContent(place))) return undefined;
  const { statement } = loop as Node & { readonly statement: Node };
  const suspension = graphOf(fn).steps.find(
    (step) =>
      step.suspends && !step.isDead && (isWithin(step.node, statement) || step.node === loop) && mayGoOn(step, loop),
  );
  if (!suspension) return undefined;
  const iterated = isForOfStatement(loop) ? loop.expression : subject.at;
  return { loop, iterated, place, suspension, form: subject.form };
}

/** `const pending = hooks; hooks = [];`: nobody else has what is looped over then. */
function isTakenOut(subject: Node, place: Place, fn: FunctionNode): boolean {
  if (!isIdentifier(subject) || place.declared === declarationName(subject)) return false;
  return accessesOf(fn).some(({ how, place: written }) => how === 'assign' && written.key === place.key);
}

/** `for await (const element of this)`: an object that iterates itself decides what comes next while others change it. */
function isOwnProtocol(loop: Node, subject: Node): boolean {
  return isForOfStatement(loop) && loop.awaitModifier !== undefined && subject.kind === SyntaxKind.ThisKeyword;
}

/** A constant that holds a collection is shared for what is in it. */
function withContent(place: Place): Place {
  return { ...place, depth: place.depth + 1 };
}

/** What `map.values()` and the like look into. */
function viewed(expression: Node): Node {
  const at = unwrap(expression);
  if (!isCallExpression(at)) return at;
  const callee = unwrap(at.expression);
  return isPropertyAccessExpression(callee) && collections.views(callee.name.text) ? callee.expression : at;
}

/** `for (let i = 0; i < items.length; i++)` and `while (i < items.length)`. */
function indexed(loop: Node): { readonly at: Node; readonly form: 'index' } | undefined {
  const asked = isForStatement(loop) ? loop.condition : isWhileStatement(loop) ? loop.expression : undefined;
  const condition = asked && unwrap(asked);
  if (!condition || !isBinaryExpression(condition)) return undefined;
  const size = unwrap(condition.right);
  if (!isPropertyAccessExpression(size) || !collections.isSize(size.name.text)) return undefined;
  if (isWhileStatement(loop) && !loop.statement.getText().includes(`[${condition.left.getText()}]`)) return undefined;
  return { at: size.expression, form: 'index' };
}

/** Whether the loop may begin another round behind a suspension, so that it looks at the collection once more. */
function mayGoOn(suspension: Step, loop: Node): boolean {
  const seen = new Set<Step>([suspension]);
  const open = [suspension];
  for (let at = open.pop(); at; at = open.pop()) {
    if ((at.kind === 'iterate' || at.kind === 'loop') && at.node === loop && at !== suspension) return true;
    for (const { to } of at.next) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return suspension.node === loop;
}
