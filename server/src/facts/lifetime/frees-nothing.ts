import { cancellationKnowledge } from '../../knowledge/cancellation.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isFunctionNode,
  isNewExpression,
  isPropertyAccessExpression,
  isThrowStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle, TypeView } from '../../typescript/oracle.ts';

/**
 * Whether disposing of a value is seen to release nothing: the project's own method is empty, or writes a line to a log
 * and remembers that it has. False where its code is not to be seen.
 */
export async function freesNothing(type: TypeView, types: Oracle): Promise<boolean> {
  const members = (await type.unionMembers()).filter((member) => !member.isNullish);
  const answers = await Promise.all(members.map((member) => isIdle(member, types)));
  return answers.length > 0 && !answers.includes(false);
}

async function isIdle(type: TypeView, types: Oracle): Promise<boolean> {
  if (type.isUnknown || type.isPrimitive) return false;
  if (loggers.test(await type.text())) return true;
  const found = await Promise.all([type.wellKnownDeclarations('dispose'), type.wellKnownDeclarations('asyncDispose')]);
  const methods = found.flat();
  const answers = await Promise.all(methods.map((method) => doesNothing(method, { type, types }, 0)));
  return methods.length > 0 && !answers.includes(false);
}

/** What a log or a clock gives works on when it is disposed of; that only writes how long it took. */
const loggers = /^(?:\(*(?:\w*Logger|Log(?:ging)?Scope|Stop[Ww]atch)\b)/;

interface Owner {
  readonly type: TypeView;
  readonly types: Oracle;
}

async function doesNothing(method: Node, owner: Owner, depth: number): Promise<boolean> {
  const { body } = method as { readonly body?: Node };
  if (!isFunctionNode(method) || !body || depth > deepest) return false;
  const calls = callsIn(method);
  if (!calls) return false;
  const answers = await Promise.all(calls.map((call) => isHarmless(call, owner, depth)));
  return !answers.includes(false);
}

/** Methods that call each other on the way to the line in the log. */
const deepest = 3;

/** The calls of a method that otherwise touches nothing but its object's own plain fields; undefined where it does more. */
function callsIn(fn: FunctionNode): readonly CallExpression[] | undefined {
  const calls: CallExpression[] = [];
  let isPlain = true;
  const visit = (node: Node): void => {
    if (isFunctionNode(node) || isNewExpression(node) || effects.has(node.kind)) isPlain = false;
    if (isCallExpression(node)) calls.push(node);
    if (isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind))
      isPlain &&= isOwnField(node.left, fn);
    if (isPlain) node.forEachChild(visit);
  };
  if (fn.body) visit(fn.body);
  return isPlain ? calls : undefined;
}

const effects: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.DeleteExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.AwaitExpression,
  SyntaxKind.YieldExpression,
  SyntaxKind.ThrowStatement,
]);

/** `this.stopped = true`. A field that says that it is closed, and one that methods throw about, makes it useless. */
function isOwnField(target: Node, fn: FunctionNode): boolean {
  const at = unwrap(target);
  if (!isPropertyAccessExpression(at) || unwrap(at.expression).kind !== SyntaxKind.ThisKeyword) return false;
  return !useless.test(at.name.text) && !hasThrow(fn.parent);
}

const useless = /open|clos|dispos|connect|releas|destroy|ended|alive|valid|active|handle|free/i;

function hasThrow(owner: Node): boolean {
  let found = false;
  const visit = (node: Node): void => {
    found ||= isThrowStatement(node);
    if (!found) node.forEachChild(visit);
  };
  visit(owner);
  return found;
}

async function isHarmless(call: CallExpression, owner: Owner, depth: number): Promise<boolean> {
  const callee = unwrap(call.expression);
  const text = callee.getText();
  const name = lastName(callee) ?? '';
  // A class that only prints that it was disposed of stands for one that does it.
  if (text.startsWith('console.')) return name === 'timeEnd' || clock.test(call.getText());
  if (cancellationKnowledge.logs(text) || readers.test(name)) return true;
  const isOwn = isPropertyAccessExpression(callee) && unwrap(callee.expression).kind === SyntaxKind.ThisKeyword;
  const methods = isOwn ? await owner.type.declarationsOf(name) : await owner.types.functionsOf(callee);
  const answers = await Promise.all(methods.map((method) => doesNothing(method, owner, depth + 1)));
  return methods.length > 0 && !answers.includes(false);
}

const clock = /\bnow\(|hrtime|elapsed|duration/i;

/** What gives a time, a text or an answer. */
const readers = /^(?:now|hrtime|bigint|toFixed|toString|join|round|enabled|elapsed|(?:is|has|get|format)[A-Z]\w*)$/;
