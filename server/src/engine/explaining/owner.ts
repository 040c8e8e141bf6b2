import type { Facts } from '../../facts/facts.ts';
import type { Consumption } from '../../facts/promises/consumption.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import { functionName } from '../../facts/uses.ts';
import type { Fact } from '../../model/explanation.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isVariableDeclaration,
  isVoidExpression,
  lastName,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { chainCall, handlesRejection } from '../../typescript/promise-syntax.ts';
import { placeOfNode } from './places.ts';

/** Who looks after a promise: what its place does with it, and what becomes of the variable that keeps it. */
export async function ownerOf(promise: Node, types: Oracle, facts: Facts): Promise<Fact> {
  const { text, keptIn, given } = ownerAt(promise);
  const places: Fact['places'] = [];
  if (given) {
    const fate = isFunctionNode(unwrap(promise)) ? undefined : await facts.consumesPromise(given.call, given.index);
    return { about: 'owner', text: fate === undefined ? text : `${text}, ${fates[fate]}`, places };
  }
  if (!keptIn) return { about: 'owner', text, places };
  const uses = (await usesOf(keptIn, types)).map((use) => ({ use, owner: ownerAt(use) }));
  if (uses.length === 0) return { about: 'owner', text: `${text}, which nothing uses afterwards`, places };
  const said = [...new Map(uses.map((each) => [each.owner.text, each])).values()].slice(0, mostUses);
  const rest = uses.length > said.length && said.length === mostUses ? ', and more' : '';
  return {
    about: 'owner',
    text: `${text}, which is ${said.map(({ owner }) => owner.text).join(' and ')}${rest}`,
    places: said.map(({ use }) => placeOfNode(use)),
  };
}

const mostUses = 3;

const fates: Readonly<Record<Consumption, string>> = {
  awaited: 'which awaits it',
  handled: 'which handles its rejection',
  returned: 'which gives it back',
  stored: 'which keeps it',
  unknown: 'and nobody knows what it does with it',
  dropped: 'which does not wait for it',
};

interface Owner {
  /** Completes "It is …": `awaited`, `dropped: nothing looks after it`. */
  readonly text: string;
  /** The call that it is an argument of. */
  readonly given?: { readonly call: CallExpression | NewExpression; readonly index: number };
  /** The variable that keeps it. */
  readonly keptIn?: Node;
}

function ownerAt(expression: Node): Owner {
  const at = wrapped(expression);
  const { parent } = at;
  if (isAwaitExpression(parent)) return { text: 'awaited' };
  if (isVoidExpression(parent)) return { text: 'dropped on purpose: `void` says so' };
  if (isReturnStatement(parent)) return returned(enclosingFunction(at));
  if (isArrowFunction(parent) && parent.body === at) return returned(parent);
  if (isExpressionStatement(parent)) return dropped(at);
  const link = isPropertyAccessExpression(parent) ? chainCall(parent.parent) : undefined;
  if (link && wrapped(link.receiver) === at) return chained(link.call, link.method);
  if (isConditionalExpression(parent)) return parent.condition === at ? tested : ownerAt(parent);
  if (isBinaryExpression(parent)) return inBinary(at, parent);
  if (isVariableDeclaration(parent)) {
    if (parent.parent.parent.kind === SyntaxKind.ForOfStatement) return { text: 'what a loop goes over' };
    if (!isIdentifier(parent.name)) return { text: 'taken apart, as its value is meant to be' };
    return { text: `kept in \`${parent.name.text}\``, keptIn: parent.name };
  }
  if (isPropertyAssignment(parent) || isPropertyDeclaration(parent))
    return { text: `kept in the property \`${parent.name.getText()}\`` };
  if (isCallExpression(parent) || isNewExpression(parent)) return givenTo(parent, at);
  return byKind(at);
}

function byKind(at: Node): Owner {
  const { parent } = at;
  switch (parent.kind) {
    case SyntaxKind.ArrayLiteralExpression:
      return inList(parent);
    case SyntaxKind.SpreadElement:
      return ownerAt(parent);
    case SyntaxKind.ShorthandPropertyAssignment:
      return { text: `kept in the property \`${at.getText()}\`` };
    case SyntaxKind.YieldExpression:
      return { text: 'given to whoever iterates the generator' };
    case SyntaxKind.IfStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
    case SyntaxKind.PrefixUnaryExpression:
      return tested;
    case SyntaxKind.TemplateSpan:
      return { text: 'made a text of' };
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
      return { text: `read for a member, \`${shortName(parent)}\`` };
    case SyntaxKind.JsxExpression:
      return { text: 'given to a JSX element' };
    case SyntaxKind.ExportAssignment:
      return { text: 'exported' };
    case SyntaxKind.ForOfStatement:
      return { text: 'what a loop goes over' };
    default:
      return { text: `used in \`${shortName(parent)}\`` };
  }
}

const tested: Owner = { text: 'tested as a condition, in which every promise is true' };

function returned(fn: FunctionNode | undefined): Owner {
  if (!fn) return { text: 'returned' };
  const name = functionName(fn)?.text;
  const whom = name === undefined ? functionTitle(fn) : `\`${name}\``;
  return {
    text: isAsyncFunction(fn) ? `what the promise of ${whom} becomes` : `returned: the caller of ${whom} has it`,
  };
}

/** A statement drops its value; a chain may have handled the rejection before. */
function dropped(expression: Node): Owner {
  const link = chainCall(expression);
  if (link && handlesRejection(link))
    return { text: `not waited for, and its rejection is handled by \`.${link.method}\`` };
  return { text: 'dropped: nothing waits for it or handles its rejection' };
}

function chained(call: Node, method: string): Owner {
  const after = ownerAt(call);
  const handled = chainCall(call);
  if (handled && handlesRejection(handled) && isExpressionStatement(wrapped(call).parent)) {
    return { text: `given to \`.${method}\`, which handles its rejection; nothing waits for it` };
  }
  return { ...after, text: `given to \`.${method}\`, whose promise is ${after.text}` };
}

function inBinary(at: Node, parent: Node & { readonly left: Node; readonly operatorToken: Node }): Owner {
  const { left, operatorToken } = parent;
  switch (operatorToken.kind) {
    case SyntaxKind.EqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken:
      if (left === at) return { text: 'written over' };
      return { text: `kept in \`${shortName(left)}\``, ...(isIdentifier(left) && { keptIn: left }) };
    case SyntaxKind.CommaToken:
      return left === at ? { text: 'dropped by the comma' } : ownerAt(parent);
    case SyntaxKind.QuestionQuestionToken:
      return ownerAt(parent);
    case SyntaxKind.BarBarToken:
    case SyntaxKind.AmpersandAmpersandToken:
      return left === at ? tested : ownerAt(parent);
    default:
      return { text: `used with \`${operatorToken.getText()}\` as if it were its value` };
  }
}

function givenTo(call: CallExpression | NewExpression, argument: Node): Owner {
  const callee = `${isNewExpression(call) ? 'new ' : ''}${shortName(call.expression)}`;
  if (/^Promise\.(?:all|allSettled|any|race|resolve)$/.test(callee)) {
    const after = ownerAt(call);
    return { ...after, text: `given to \`${callee}\`, whose promise is ${after.text}` };
  }
  const isKept = /^(?:push|add|set|unshift)$/.test(lastName(call.expression) ?? '');
  if (isKept) return { text: `put into a collection by \`${callee}\`` };
  const index = call.arguments?.indexOf(argument as never) ?? -1;
  return { text: `given to \`${callee}\``, ...(index >= 0 && { given: { call, index } }) };
}

function inList(list: Node): Owner {
  const { text, ...rest } = ownerAt(list);
  return { ...rest, text: text.startsWith('given to') ? text : `in a list that is ${text}` };
}

/** The places in the file that read a variable, in order. */
async function usesOf(name: Node, types: Oracle): Promise<readonly Node[]> {
  if (!isIdentifier(name)) return [];
  const declared = await types.symbolOf(name);
  const places: Node[] = [];
  const enter = (node: Node): void => {
    if (isIdentifier(node) && node.text === name.text && node !== name && isRead(node)) places.push(node);
    node.forEachChild(enter);
  };
  enter(scopeOf(name));
  const symbols = await Promise.all(places.map((place) => types.symbolOf(place)));
  return places.filter((_, index) => symbols[index]?.id === declared?.id);
}

/** The function or file in which a variable can be named. */
function scopeOf(name: Node): Node {
  let at = name;
  while (at.parent && !isFunctionNode(at)) at = at.parent;
  return at;
}

function isRead(name: Node): boolean {
  const { parent } = name;
  if (isPropertyAccessExpression(parent)) return parent.expression === name;
  if (isVariableDeclaration(parent)) return parent.name !== name;
  if (isPropertyAssignment(parent)) return parent.initializer === name;
  return !(isBinaryExpression(parent) && parent.left === name && parent.operatorToken.kind === SyntaxKind.EqualsToken);
}

/** `the async function \`load\``, as sentences name it. */
export function functionTitle(fn: FunctionNode): string {
  const name = functionName(fn)?.text;
  const { parent } = wrapped(fn);
  const isGiven = (isCallExpression(parent) || isNewExpression(parent)) && parent.expression !== wrapped(fn);
  if (name === undefined && isGiven) return callbackTitle(parent, isAsyncFunction(fn));
  const kind = kindOfFunction(fn);
  const sort = isAsyncFunction(fn) ? `async ${kind}` : kind;
  return name === undefined ? `${/^[aeiou]/.test(sort) ? 'an' : 'a'} ${sort}` : `the ${sort} \`${name}\``;
}

function callbackTitle(call: CallExpression | NewExpression, isAsync: boolean): string {
  const callee = shortName(call.expression);
  const async = isAsync ? 'async ' : '';
  if (isNewExpression(call)) return `the ${async}function given to \`new ${callee}\``;
  return `the ${async}callback of \`${chainCall(call) ? `.${lastName(call.expression)}` : callee}\``;
}

function kindOfFunction(fn: FunctionNode): string {
  const stars = (fn as { readonly asteriskToken?: Node }).asteriskToken ? 'generator ' : '';
  switch (fn.kind) {
    case SyntaxKind.MethodDeclaration:
      return `${stars}method`;
    case SyntaxKind.Constructor:
      return 'constructor';
    case SyntaxKind.GetAccessor:
      return 'getter';
    case SyntaxKind.SetAccessor:
      return 'setter';
    default:
      return `${stars}function`;
  }
}
