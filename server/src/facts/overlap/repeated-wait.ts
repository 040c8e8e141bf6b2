import {
  type AwaitExpression,
  type CallExpression,
  isAwaitExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isContinueStatement,
  isExpressionStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isVariableStatement,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { isUsing } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { accessAt } from './places.ts';

/** A call that is awaited in every round of a loop, and given nothing of the round. */
export interface RepeatedWait {
  readonly loop: Node;
  readonly statement: Node;
  readonly call: CallExpression;
  /** The other calls of a round. */
  readonly others: readonly CallExpression[];
}

/** What a look at the loop shows. Undefined where a round need not come to the `await`, or something in it belongs to the round. */
export function repeatedWait(node: AwaitExpression): RepeatedWait | undefined {
  const call = unwrap(node.expression);
  const statement = statementOf(node);
  const block = statement?.parent;
  const loop = block?.parent;
  if (!isCallExpression(call) || !statement || !block || !isBlock(block) || !loop || !isListLoop(loop))
    return undefined;
  if ((isForOfStatement(loop) && loop.awaitModifier) || !isWithin(block, loop.statement)) return undefined;
  // What is made anew in each round on purpose, such as a builder, is a chain that begins with a call.
  if (namesRound(call, loop)) return undefined;
  const before = block.statements.slice(0, block.statements.indexOf(statement as never));
  if (before.some(mayLeave) || mayEndEarly(loop)) return undefined;
  const others: CallExpression[] = [];
  walkBody(loop.statement, (at) => {
    if (isCallExpression(at) && at !== call && !isWithin(at, call) && !isWithin(call, at)) others.push(at);
    return !isFunctionNode(at) && !isWithin(at, call);
  });
  return { loop, statement, call, others };
}

function isListLoop(node: Node): node is Node & { readonly statement: Node } {
  return isForOfStatement(node) || isForInStatement(node) || isForStatement(node);
}

/** `const config = await getConfig();`: a statement of its own, whose value is used; also inside of other calls: `JSON.parse(await …)`. */
function statementOf(node: Node): Node | undefined {
  let at = wrapped(node);
  // `JSON.parse(await …).version`; a method of what it gives is another call.
  for (;;) {
    const { parent } = at;
    const isPart = isPropertyAccessExpression(parent) && !isCallExpression(parent.parent);
    if (!isPart && !(isCallExpression(parent) && parent.expression !== at)) break;
    at = wrapped(parent);
  }
  const list = at.parent?.parent;
  if (list?.kind !== SyntaxKind.VariableDeclarationList || isUsing(list)) return undefined;
  return list.parent && isVariableStatement(list.parent) ? list.parent : undefined;
}

/** Whether a call uses a name that a round declares, or that something in the loop assigns; or a value that is made for it. */
function namesRound(call: Node, loop: Node): boolean {
  let found = false;
  const visit = (node: Node): void => {
    if (node.kind === SyntaxKind.ThisKeyword) found ||= writesThis(loop);
    if (isFunctionNode(node) || isAwaitExpression(node) || node.kind === SyntaxKind.NewExpression) found = true;
    if (isIdentifier(node) && !(isPropertyAccessExpression(node.parent) && node.parent.name === node)) {
      const declared = declarationName(node);
      if (declared && isWithin(declared, loop)) found = true;
      if (declared && referencesTo(declared).some((use) => isWithin(use, loop) && accessAt(use) !== 'read'))
        found = true;
      if (declared && referencesTo(declared).some((use) => isWithin(use, loop) && isChangedByCall(use))) found = true;
    }
    if (!found) node.forEachChild(visit);
  };
  visit(call);
  return found;
}

function writesThis(loop: Node): boolean {
  let found = false;
  walkBody(loop, (at) => {
    if (at.kind === SyntaxKind.ThisKeyword && accessAt(at) !== 'read') found = true;
    return true;
  });
  return found;
}

/** `list.push(…)` as a statement changes the list. */
function isChangedByCall(use: Node): boolean {
  const access = use.parent;
  if (!isPropertyAccessExpression(access) || access.expression !== use) return false;
  const call = access.parent;
  return isCallExpression(call) && call.expression === access && isExpressionStatement(call.parent);
}

/** Whether a statement may go on to the next round, or leave the loop. */
function mayLeave(statement: Node): boolean {
  let found = false;
  walkBody(statement, (at) => {
    if (isContinueStatement(at) || isBreakStatement(at) || isReturnStatement(at)) found = true;
    return !isFunctionNode(at);
  });
  return found;
}

/** Whether what is waited for may end the loop: then it is asked until it says so. */
function mayEndEarly(loop: Node): boolean {
  let found = false;
  walkBody(loop, (at) => {
    if (isBreakStatement(at) || isReturnStatement(at)) found = true;
    return !isFunctionNode(at);
  });
  return found;
}
