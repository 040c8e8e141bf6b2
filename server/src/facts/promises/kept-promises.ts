/**
 * Promises that are kept in a variable: where the variable gets one, and what its uses do with it. By syntax alone, so
 * that most variables of a program are put aside before a question about types or paths is asked.
 */
import { rootOf } from '../../flow/graph-of.ts';
import {
  type CallExpression,
  hasModifier,
  type Identifier,
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isSourceFile,
  isVariableDeclaration,
  isVariableDeclarationList,
  isVariableStatement,
  type Node,
  NodeFlags,
  type SourceFile,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { chainCall, handlesRejection, isUsing } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { remember } from '../../typescript/remember.ts';

/**
 * What a use of a variable does with a promise in it.
 * `await`, `return` and `handler` take care of it. `chain` makes another promise of it, and `combine` gives it to
 * `Promise.all` and the like, `iterate` loops over it. `pass` gives it to a call, `keep` puts it elsewhere: who gets it
 * may take care of it. `member` reads something from it that promises do not have, so it is more than one. `drop` throws it away where it stands, which is another rule's finding. `look` compares or prints the promise itself,
 * `test` takes it for a condition or a value. `type` is no use at run time.
 */
export type UseKind =
  | 'await'
  | 'return'
  | 'handler'
  | 'chain'
  | 'combine'
  | 'iterate'
  | 'pass'
  | 'keep'
  | 'member'
  | 'drop'
  | 'look'
  | 'test'
  | 'write'
  | 'type';

export interface PromiseUse {
  readonly kind: UseKind;
  readonly name: Identifier;
}

/** A variable of one function, module or block that gets the value of a call. */
export interface KeptCall {
  /** The name in its declaration. */
  readonly variable: Identifier;
  /** The name where this value is put into it: the declaration's, or the target of an assignment. */
  readonly written: Identifier;
  readonly value: Node;
  readonly uses: readonly PromiseUse[];
}

const known = new WeakMap<Node, { readonly kept: KeptCall | undefined }>();

/** The variable that a declaration or an assignment keeps a call's value in; undefined for all that others may see. */
export function keptCall(at: Node): KeptCall | undefined {
  return remember(known, at, () => ({ kept: findKept(at) })).kept;
}

/** The call whose value a declaration or an assignment puts into a variable: the cheapest look before `keptCall`. */
export function keptValue(at: Node): Node | undefined {
  const [target, value] = targetAndValue(at);
  return target && value && isIdentifier(target) && isStart(unwrap(value)) ? value : undefined;
}

function findKept(at: Node): KeptCall | undefined {
  const [target] = targetAndValue(at);
  const value = keptValue(at);
  if (!target || !value || !isIdentifier(target)) return undefined;
  const variable = isVariableDeclaration(at) ? target : declarationName(target);
  if (!variable || !isOwnVariable(variable)) return undefined;
  const root = rootOf(at);
  if (rootOf(variable) !== root) return undefined;
  const places = referencesTo(variable);
  // A function that has been handed the variable may run at any time.
  if (places.some((place) => rootOf(place) !== root)) return undefined;
  return { variable, written: target, value, uses: places.map((name) => ({ kind: useKind(name), name })) };
}

function targetAndValue(at: Node): readonly (Node | undefined)[] {
  if (isVariableDeclaration(at)) return [at.name, at.initializer];
  if (!isBinaryExpression(at) || at.operatorToken.kind !== SyntaxKind.EqualsToken) return [];
  return isExpressionStatement(at.parent) ? [at.left, at.right] : [];
}

/** A call, or `new Promise`. */
function isStart(value: Node): boolean {
  if (isCallExpression(value)) return value.expression.kind !== SyntaxKind.SuperKeyword;
  return isNewExpression(value) && isIdentifier(value.expression) && value.expression.text === 'Promise';
}

/** A variable that is neither exported nor disposed by itself, nor marked as unused by its name. */
function isOwnVariable({ parent, text }: Identifier): boolean {
  if (!isVariableDeclaration(parent) || !isVariableDeclarationList(parent.parent) || text.startsWith('_')) return false;
  const list = parent.parent;
  if (isUsing(list)) return false;
  const statement = list.parent;
  if (!isVariableStatement(statement)) return statement.kind === SyntaxKind.ForStatement;
  const { parent: block } = statement;
  const isSeenElsewhere = isSourceFile(block) ? !isModule(block) : block.kind === SyntaxKind.ModuleBlock;
  return !isSeenElsewhere && !hasModifier(statement, SyntaxKind.ExportKeyword);
}

/** The variables of a script are everybody's. */
function isModule(file: SourceFile): boolean {
  return file.externalModuleIndicator !== undefined || /\brequire\(|\bmodule\.exports\b/.test(file.text);
}

/** What one use of a variable does with a promise in it. */
function useKind(name: Identifier): UseKind {
  let at = wrapped(name);
  for (;;) {
    const { parent } = at;
    const [left, right] = [(parent as { readonly left?: Node }).left, (parent as { readonly right?: Node }).right];
    switch (parent.kind) {
      case SyntaxKind.AwaitExpression:
        return 'await';
      case SyntaxKind.ReturnStatement:
      case SyntaxKind.YieldExpression:
      case SyntaxKind.ArrowFunction:
        return 'return';
      case SyntaxKind.PropertyAccessExpression:
        return memberUse(at);
      case SyntaxKind.CallExpression:
      case SyntaxKind.NewExpression:
        return (parent as CallExpression).expression === at ? 'keep' : argumentUse(parent);
      case SyntaxKind.ArrayLiteralExpression:
        return listUse(wrapped(parent));
      case SyntaxKind.VoidExpression:
        return 'handler';
      case SyntaxKind.ExpressionStatement:
        return 'drop';
      case SyntaxKind.ForOfStatement:
        return 'iterate';
      case SyntaxKind.ConditionalExpression:
        if ((parent as Node & { readonly condition: Node }).condition === at) return 'test';
        at = wrapped(parent);
        continue;
      case SyntaxKind.BinaryExpression: {
        const { kind } = (parent as Node & { readonly operatorToken: { readonly kind: SyntaxKind } }).operatorToken;
        if (isAssignmentOperator(kind)) return left === at ? 'write' : 'keep';
        if (kind === SyntaxKind.CommaToken && left === at) return 'drop';
        if (kind === SyntaxKind.AmpersandAmpersandToken && left === at) return 'test';
        if (valueOperators.has(kind)) {
          at = wrapped(parent);
          continue;
        }
        return left === at || right === at ? (comparisons.has(kind) ? 'look' : 'test') : 'keep';
      }
      case SyntaxKind.IfStatement:
      case SyntaxKind.WhileStatement:
      case SyntaxKind.DoStatement:
      case SyntaxKind.PrefixUnaryExpression:
      case SyntaxKind.PostfixUnaryExpression:
      case SyntaxKind.TemplateSpan:
        return 'test';
      case SyntaxKind.TypeOfExpression:
        return 'look';
      case SyntaxKind.TypeQuery:
      case SyntaxKind.TypeReference:
        return 'type';
      default:
        return 'keep';
    }
  }
}

/** `&&`, `||`, `??` and a comma give one of their operands. */
const valueOperators: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.CommaToken,
]);

const comparisons: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InstanceOfKeyword,
]);

/** `p.then(…)`; anything else that is read from it shows that it is more than a promise. */
function memberUse(at: Node): UseKind {
  const call = isPropertyAccessExpression(at.parent) ? wrapped(at.parent).parent : undefined;
  const link = call && isCallExpression(call) ? chainCall(call) : undefined;
  if (!link || unwrap(link.receiver) !== unwrap(at)) return 'member';
  return handlesRejection(link) ? 'handler' : 'chain';
}

function argumentUse(call: Node): UseKind {
  const callee = unwrap((call as CallExpression).expression);
  const receiver = isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  const receiverName = receiver && isIdentifier(receiver) ? receiver.text : undefined;
  if (receiverName === 'console') return 'look';
  if (isIdentifier(callee) && (callee.text === 'Boolean' || callee.text === 'String')) return 'test';
  return receiverName === 'Promise' ? 'combine' : 'pass';
}

/** `Promise.all([p, q])` in all its forms; other lists keep it. */
function listUse(list: Node): UseKind {
  return isCallExpression(list.parent) && argumentUse(list.parent) === 'combine' ? 'combine' : 'keep';
}

/** Uses after which somebody else, or somebody at all, looks after the promise. */
export function takesCare({ kind }: PromiseUse): boolean {
  return kind !== 'look' && kind !== 'test' && kind !== 'write' && kind !== 'type';
}

/**
 * Whether a use that takes care follows in the same list of statements, whatever happens between: nothing leaves, and
 * no condition stands before it. Costs no graph and no type.
 */
export function isTakenCareOfAtOnce({ written, uses }: KeptCall): boolean {
  const statement = statementOf(written);
  const { text } = written.getSourceFile();
  return uses.some(
    (use) =>
      takesCare(use) &&
      statement.end <= use.name.pos &&
      !uses.some(({ kind, name }) => kind === 'write' && statement.end <= name.pos && name.end <= use.name.pos) &&
      isUnconditionalIn(use.name, statement.parent) &&
      !/\b(?:return|throw|break|continue|yield)\b/.test(text.slice(statement.end, use.name.getStart())),
  );
}

/** The statement that a node stands in. */
function statementOf(node: Node): Node {
  let at = node;
  while (!isVariableStatement(at) && !isExpressionStatement(at) && at.parent) at = at.parent;
  return at;
}

/** Whether a node is evaluated whenever the block around it is gone through. */
function isUnconditionalIn(node: Node, block: Node): boolean {
  for (let at = node; at !== block; at = at.parent) {
    const { parent } = at;
    if (!parent) return false;
    switch (parent.kind) {
      case SyntaxKind.IfStatement:
      case SyntaxKind.SwitchStatement:
      case SyntaxKind.ForOfStatement:
      case SyntaxKind.ForInStatement:
        if ((parent as Node & { readonly expression: Node }).expression !== at) return false;
        break;
      case SyntaxKind.ForStatement:
      case SyntaxKind.WhileStatement:
      case SyntaxKind.DoStatement:
      case SyntaxKind.CatchClause:
      case SyntaxKind.CaseClause:
      case SyntaxKind.DefaultClause:
      case SyntaxKind.LabeledStatement:
        return false;
      case SyntaxKind.ConditionalExpression:
        if ((parent as Node & { readonly condition: Node }).condition !== at) return false;
        break;
      case SyntaxKind.BinaryExpression:
        if ((parent as Node & { readonly right: Node }).right === at && isChoice(parent)) return false;
        break;
      case SyntaxKind.CallExpression:
      case SyntaxKind.ElementAccessExpression:
        if ((parent.flags & NodeFlags.OptionalChain) !== 0) return false;
        break;
    }
  }
  return true;
}

function isChoice(node: Node): boolean {
  const { kind } = (node as Node & { readonly operatorToken: { readonly kind: SyntaxKind } }).operatorToken;
  return valueOperators.has(kind) && kind !== SyntaxKind.CommaToken;
}
