import { isShutdown, workKind } from '../../../knowledge/best-effort.ts';
import {
  type Block,
  enclosingFunction,
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCatchClause,
  isExpressionStatement,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isStringLiteral,
  isTryStatement,
  isVariableDeclaration,
  isVoidExpression,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { chainCall, chainEnd, chainOf, handlesRejection, isNothing } from '../../../typescript/promise-syntax.ts';
import { identifiersIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

/** What is awaited in a `try` block and may come to its `catch`. Names stand for what they were set to. */
export function awaitedWork(block: Node): readonly Node[] {
  const found: Node[] = [];
  const add = (expression: Node): void => {
    const { start, links } = chainOf(expression);
    if (!links.some(handlesRejection)) found.push(start);
  };
  const visit = (node: Node): void => {
    if (isFunctionNode(node)) return;
    if (isTryStatement(node) && node.catchClause) {
      visit(node.catchClause.block);
      if (node.finallyBlock) visit(node.finallyBlock);
      return;
    }
    if (isAwaitExpression(node)) add(node.expression);
    if (isForOfStatement(node) && node.awaitModifier) add(node.expression);
    node.forEachChild(visit);
  };
  visit(block);
  return found;
}

/** Why the failure of some work does not matter at a place; undefined where nothing says so. */
export function harmlessBecause(work: Node, at: Node, ctx: RuleContext): string | undefined {
  const parts = partsOf(work);
  if (parts === 'elsewhere') return 'others hold these promises';
  if (parts) {
    const reasons = parts.map((part) => harmlessBecause(part, at, ctx));
    return reasons.length > 0 && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
  }
  // A loop over something that comes bit by bit has nobody else who hears of its end.
  if (isForOfStatement(work.parent)) return handlingBecause(at) ?? endingBecause(at);
  if (!isCallExpression(work) && !isNewExpression(work)) return 'others hold this promise and hear of its rejection';
  if (work.expression.kind === SyntaxKind.ImportKeyword) return 'a module that may be missing is tried';
  const name = lastName(work.expression) ?? '';
  const allowed: readonly string[] = (ctx.options as { readonly bestEffort?: readonly string[] }).bestEffort ?? [];
  if (allowed.includes(name) || allowed.includes(work.expression.getText()))
    return `\`${name}\` is listed in the options`;
  const kind = workKind(name);
  switch (kind) {
    case 'cleanup':
      return `\`${name}\` only gives something up`;
    case 'probe':
      return `the failure of \`${name}\` is an answer`;
    case 'wait':
      return `\`${name}\` only waits`;
    case 'state':
      return `\`${name}\` stands for work that others have started`;
    case 'courtesy':
      return `nothing depends on \`${name}\``;
  }
  if (kind === 'read' && !isStatement(work)) return `what \`${name}\` reads may not be there`;
  if (isBodyDrained(work, name)) return 'a body is read only to release its connection';
  if (/^(?:delete|remove|unlink|rm)/i.test(name) && /te?mp|cache|lock|sock/i.test(work.getText()))
    return 'something temporary is removed';
  return kind === 'change' ? handlingBecause(at) : (handlingBecause(at) ?? endingBecause(at));
}

/** `await response.text().catch(() => {})`: nobody wants the text. */
function isBodyDrained(work: Node, name: string): boolean {
  return /^(?:text|json|arrayBuffer|blob|bytes|dump)$/.test(name) && isStatement(work);
}

/** Whether the value of an awaited or dropped chain that begins with a call is not used. */
function isStatement(work: Node): boolean {
  const owner = chainEnd(work).parent;
  if (isAwaitExpression(owner) || isVoidExpression(owner)) return isExpressionStatement(wrapped(owner).parent);
  return isExpressionStatement(owner);
}

/** The promises that `Promise.all` and its like are given here, or that others hold them; undefined for any other work. */
function partsOf(work: Node): readonly Node[] | 'elsewhere' | undefined {
  if (!isCallExpression(work) || !isPropertyAccessExpression(work.expression)) return undefined;
  const [input] = work.arguments;
  if (work.expression.expression.getText() !== 'Promise' || !input) return undefined;
  const list = unwrap(input);
  if (!isArrayLiteralExpression(list) && startsElsewhere(list)) return 'elsewhere';
  if (isArrayLiteralExpression(list)) return list.elements.map((element) => chainOf(element).start);
  if (!isCallExpression(list) || lastName(list) !== 'map') return undefined;
  const callback = list.arguments[0] && unwrap(list.arguments[0]);
  if (!callback || !isFunctionNode(callback) || !callback.body) return undefined;
  if (isArrowFunction(callback) && !isBlock(callback.body)) return [chainOf(callback.body).start];
  return awaitedWork(callback.body);
}

/** An error is being handled already, and that one counts. */
function handlingBecause(place: Node): string | undefined {
  for (let at = isCatchClause(place) ? place.parent : place; at.parent; at = at.parent) {
    if (isCatchClause(at)) return 'an earlier error is being handled here';
    if (isFunctionNode(at)) {
      const link = chainCall(wrapped(at).parent);
      const isHandler = link && (link.method === 'catch' || link.args.indexOf(wrapped(at)) === 1);
      return isHandler ? 'an earlier error is being handled here' : undefined;
    }
  }
  return undefined;
}

/** `finally` blocks, functions that end something, and handlers of signals. */
function endingBecause(place: Node): string | undefined {
  let inner = place;
  for (let at = place.parent; at; at = at.parent) {
    if (isTryStatement(at) && at.finallyBlock === inner) return 'it stands in a `finally` block';
    if (isFunctionNode(at)) break;
    inner = at;
  }
  for (let fn = enclosingFunction(place); fn; fn = enclosingFunction(fn)) {
    const owner = wrapped(fn).parent;
    const named = (fn as { readonly name?: Node }).name ?? (isVariableDeclaration(owner) ? owner.name : undefined);
    const name = named?.getText() ?? '';
    if (isShutdown(name)) return `\`${name}\` ends something`;
    const [event] = isCallExpression(owner) ? owner.arguments : [];
    if (event && isStringLiteral(event) && /^(?:SIG[A-Z]+|exit|beforeExit)$/.test(event.text))
      return 'the program is about to end';
  }
  return undefined;
}

/** Whether the promise at the start of a chain has a name of its own, by which others can hear of its rejection. */
export function startsElsewhere(start: Node): boolean {
  if (!isIdentifier(start))
    return !isCallExpression(start) && !isNewExpression(start) && start.kind !== SyntaxKind.AwaitExpression;
  const declared = declarationName(start);
  if (!declared || !isVariableDeclaration(declared.parent)) return true;
  return identifiersIn(start.getSourceFile(), start.text).some(
    (use) => use !== start && use !== declared && declarationName(use) === declared,
  );
}

/** Whether a `try` block tries to find something: it returns a value, or sets a variable from outside. */
export function givesAnswer(block: Block): boolean {
  let found = false;
  walkBody(block, (node) => {
    if (isFunctionNode(node)) return false;
    if (isReturnStatement(node) && node.expression && !isNothing(unwrap(node.expression))) found = true;
    if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) {
      const target = unwrap(node.left);
      const declared = isIdentifier(target) ? declarationName(target) : undefined;
      if (declared && !isWithin(declared, block)) found = true;
    }
    return !found;
  });
  return found;
}

/** Whether work is done for its value, and changes nothing by its name. */
export function isReading(work: Node): boolean {
  return !isStatement(work) && workKind(lastName(work) ?? '') !== 'change';
}
