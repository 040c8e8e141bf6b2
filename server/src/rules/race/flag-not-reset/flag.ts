/** Flags and counters that say that work is under way, and the statements that set and clear them. By syntax alone. */
import { functionName } from '../../../facts/uses.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isFunctionNode,
  isIdentifier,
  isLoop,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../../typescript/references.ts';

export interface FlagWrite {
  readonly to: 'set' | 'cleared';
  /** Equal for all writes of one flag. */
  readonly key: string;
  /** What people call it: `loading`, `this.busy`. */
  readonly name: string;
  /** The node whose step in the flow graph is the write. */
  readonly step: Node;
  /** What names the write: the target, or the setter. */
  readonly at: Node;
}

/** The flags that an expression sets or clears: `busy = true`, `setLoading(true)`, `set({ saving: true })`, `running++`. */
export function flagWrites(expression: Node): readonly FlagWrite[] {
  const at = unwrap(expression);
  if (isBinaryExpression(at)) return assignment(at.left, at.operatorToken.kind, at.right);
  if (isPrefixUnaryExpression(at) || isPostfixUnaryExpression(at)) return counted(at.operand, at.operator);
  return isCallExpression(at) ? [...entryCall(at), ...setterCall(at)] : [];
}

/** `running.add(id)` and `running.delete(id)`; `busy.set(id, true)` and `busy.set(id, false)`. */
function entryCall(call: CallExpression): readonly FlagWrite[] {
  const callee = unwrap(call.expression);
  const [key, value, ...more] = call.arguments;
  if (!isPropertyAccessExpression(callee) || !key || more.length > 0) return [];
  const to = entryChange(callee.name.text, value && unwrap(value));
  const holder = unwrap(callee.expression);
  if (!to || !isPlace(holder) || !isPlace(unwrap(key))) return [];
  const name = holder.getText();
  return [{ to, key: `${name}[${key.getText()}]`, name, step: call, at: callee.name }];
}

function entryChange(method: string, value: Node | undefined): FlagWrite['to'] | undefined {
  if (method === 'set') return value && truthOf(value);
  if (value) return undefined;
  if (method === 'add') return 'set';
  return method === 'delete' ? 'cleared' : undefined;
}

function assignment(left: Node, operator: SyntaxKind, right: Node): readonly FlagWrite[] {
  const target = unwrap(left);
  if (!isPlace(target)) return [];
  const value = unwrap(right);
  if (operator === SyntaxKind.EqualsToken) {
    const to = truthOf(value);
    return to ? one(to, target) : [];
  }
  if (!isNumericLiteral(value) || value.text !== '1') return [];
  if (operator === SyntaxKind.PlusEqualsToken) return one('set', target);
  return operator === SyntaxKind.MinusEqualsToken ? one('cleared', target) : [];
}

function counted(operand: Node, operator: SyntaxKind): readonly FlagWrite[] {
  const target = unwrap(operand);
  if (!isPlace(target)) return [];
  if (operator === SyntaxKind.PlusPlusToken) return one('set', target);
  return operator === SyntaxKind.MinusMinusToken ? one('cleared', target) : [];
}

function one(to: FlagWrite['to'], target: Node): readonly FlagWrite[] {
  const text = target.getText();
  return [{ to, key: text, name: text, step: target, at: target }];
}

function setterCall(call: CallExpression): readonly FlagWrite[] {
  const [first, ...more] = call.arguments;
  const method = lastName(call) ?? '';
  if (!first || more.length > 0 || !/^(?:set|patch|update)(?![a-z])/.test(method)) return [];
  const callee = unwrap(call.expression);
  const value = unwrap(first);
  const at = isPropertyAccessExpression(callee) ? callee.name : callee;
  const to = truthOf(value);
  if (to) {
    // `setLoading(true)`, and `this.loading.set(true)` of a signal.
    const isSignal = method === 'set' && isPropertyAccessExpression(callee);
    const name = isSignal ? callee.expression.getText() : method.slice(3).replace(/^./, (c) => c.toLowerCase());
    return name === '' ? [] : [{ to, key: `${callee.getText()}()`, name, step: call, at }];
  }
  if (!isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((property): readonly FlagWrite[] => {
    const given = isPropertyAssignment(property) ? truthOf(unwrap(property.initializer)) : undefined;
    if (!given || !isPropertyAssignment(property)) return [];
    const name = property.name.getText();
    return [{ to: given, key: `${callee.getText()}().${name}`, name, step: call, at: property.name }];
  });
}

function truthOf(value: Node): FlagWrite['to'] | undefined {
  if (value.kind === SyntaxKind.TrueKeyword) return 'set';
  return value.kind === SyntaxKind.FalseKeyword ? 'cleared' : undefined;
}

/** A name or a member that others can see. */
function isPlace(target: Node): boolean {
  return isIdentifier(target) || isPropertyAccessExpression(target);
}

/** Whether a flag is a local of this function, or of an object that is made in it: nobody else looks at it. */
export function isPrivateTo(write: FlagWrite, fn: Node): boolean {
  let root = unwrap(write.step);
  // What is in a collection belongs to it.
  if (isCallExpression(root)) root = unwrap(root.expression);
  const isMember = isPropertyAccessExpression(root);
  while (isPropertyAccessExpression(root) || isElementAccessExpression(root)) root = unwrap(root.expression);
  if (!isIdentifier(root)) return false;
  const declared = declarationName(root);
  if (declared && !isMember && isOfOneRun(declared, fn)) return true;
  if (!declared || !isWithin(declared, fn)) return false;
  if (!isMember) return true;
  const { parent } = declared;
  // A collection that is handed on belongs to one run of whatever it is.
  if (isCallExpression(write.step) && isParameterDeclaration(parent)) return true;
  const value = isVariableDeclaration(parent) && parent.initializer ? unwrap(parent.initializer) : undefined;
  return value !== undefined && (isObjectLiteralExpression(value) || isNewExpression(value));
}

/** A variable of the function around, which calls this one in one place and hands it to nobody: each run has its own. */
function isOfOneRun(declared: Node, fn: Node): boolean {
  const holder = enclosingFunction(fn);
  const name = functionName(fn as FunctionNode);
  if (!holder || !name || !isIdentifier(name) || enclosingFunction(declared) !== holder) return false;
  const uses = referencesTo(name);
  const [use] = uses;
  const call = use && wrapped(use).parent;
  if (!use || uses.length > 1 || !call || !isCallExpression(call) || unwrap(call.expression) !== use) return false;
  for (let at: Node = call; at !== holder; at = at.parent) if (isFunctionNode(at) || isLoop(at)) return false;
  return true;
}

/** Whether a name says that something is under way, so that others keep away meanwhile. */
export function isBusyName(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  // Vue's `loading.value`, `ref.current`.
  const word = /^(?:value|current)$/.test(last) ? (name.split('.').at(-2) ?? '') : last;
  const words = word
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
  if (words.some((part) => otherWords.has(part))) return false;
  if (/in ?(?:flight|progress|use)$/.test(words.join(' '))) return true;
  return words.some((part) => busyWords.has(part) || (/^[a-z]{2,}ing$/.test(part) && !notUnderWay.has(part)));
}

const busyWords = new Set('active busy disabled inflight lock locked mutex pending transitioning'.split(' '));

/** Flags that wait for somebody to act on them: they are to stay set when that fails. */
const otherWords = new Set(
  'closed dirty failed force has invalid missing need needed needs outdated retry should skip stale was'.split(' '),
);

const notUnderWay = new Set(
  'bring during ending everything existing heading incoming king listening meaning missing nothing ongoing outgoing padding ping rating remaining ring setting spacing spring string thing timing tracking warning wing'.split(
    ' ',
  ),
);

/** Whether a name counts work under way. */
export function isCountName(name: string): boolean {
  return (
    isBusyName(name) ||
    /(?:active|running|open|current|concurren\w*|in_?flight)\w*(?:count|jobs|tasks|requests)?$/i.test(name)
  );
}
