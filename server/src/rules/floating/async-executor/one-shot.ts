import { settlingPaths, usesOf } from '../../../flow/settlement.ts';
import { workKind } from '../../../knowledge/best-effort.ts';
import { mayHavePromiseForm } from '../../../knowledge/promise-forms.ts';
import {
  type CallExpression,
  type FunctionNode,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import type { Executor } from './executor.ts';

/**
 * The condition behind which a callback that is called once leaves the promise unsettled for ever: all uses of the two
 * names stand in it, and it does nothing but choose between them.
 */
export function leftOpen(fn: FunctionNode, call: CallExpression, { executor, names }: Executor): Node | undefined {
  const name = lastName(call.expression) ?? '';
  if (!(mayHavePromiseForm(name) || oneShot.has(name)) || call.arguments.at(-1) !== fn) return undefined;
  const uses = usesOf(names, fn);
  const [first] = uses;
  if (!first || usesOf(names, executor).length !== uses.length || !choosesOnly(fn, names)) return undefined;
  if (!settlingPaths(fn, names).endsUnsettled) return undefined;
  for (let at: Node = first; at !== fn; at = at.parent) {
    if (isIfStatement(at.parent) && isWithin(at, at.parent.thenStatement)) return at.parent.expression;
  }
  return undefined;
}

/** Whether a function calls nothing but the names, conditions and what it gives them left aside. */
function choosesOnly(fn: FunctionNode, names: ReadonlySet<string>): boolean {
  let isPlain = true;
  if (fn.body) {
    walkBody(fn.body, (node) => {
      if (isFunctionNode(node)) isPlain = false;
      if (!isCallExpression(node)) return true;
      const callee = unwrap(node.expression);
      const isSettling = isIdentifier(callee) && names.has(callee.text);
      if (!isSettling && !isInCondition(node, fn) && !isAside(node)) isPlain = false;
      return false;
    });
  }
  return isPlain;
}

/** What makes a variable, tidies up or writes a log settles nothing. */
function isAside(call: CallExpression): boolean {
  if (workKind(lastName(call.expression) ?? '') === 'cleanup') return true;
  if (isPropertyAccessExpression(call.expression) && call.expression.expression.getText() === 'console') return true;
  for (let at: Node = call; at.parent && !isFunctionNode(at); at = at.parent)
    if (isVariableDeclaration(at.parent)) return true;
  return false;
}

function isInCondition(node: Node, fn: Node): boolean {
  for (let at = node; at !== fn; at = at.parent) if (isIfStatement(at.parent)) return at.parent.expression === at;
  return false;
}

/** What calls its callback once, beside what has a promise form. */
const oneShot: ReadonlySet<string> = new Set(['once', 'question', 'prompt', 'confirm', 'setImmediate', 'nextTick']);
