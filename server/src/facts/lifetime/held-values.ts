/**
 * Where the value of an expression goes that somebody has to end: a timer, a handle, a listener. What a statement drops,
 * what a variable keeps with all of its uses, and what goes to others. By syntax alone.
 */
import { rootOf } from '../../flow/graph-of.ts';
import {
  type CallExpression,
  type FunctionNode,
  hasModifier,
  type Identifier,
  isArrowFunction,
  isAssignmentOperator,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  type NewExpression,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { isUsing } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';

/** What one use of a variable does with the value in it. */
export type HeldUse =
  /** `x.close()`; `x?.close()`. */
  | { readonly kind: 'method'; readonly name: Identifier; readonly member: string; readonly call: CallExpression }
  /** `x('table')`, where the value is a function. */
  | { readonly kind: 'call'; readonly name: Identifier; readonly call: CallExpression }
  /** `x.path`, read and not called; `x.onerror = …`; `const { a } = x`. */
  | { readonly kind: 'member'; readonly name: Identifier; readonly member: string }
  /** `f(x)`. */
  | {
      readonly kind: 'argument';
      readonly name: Identifier;
      readonly call: CallExpression | NewExpression;
      readonly index: number;
    }
  /** `for (const a of x)`, `[...x]`, `yield* x`. */
  | { readonly kind: 'iterate'; readonly name: Identifier }
  /** `await x`. */
  | { readonly kind: 'await'; readonly name: Identifier }
  /** `if (x)`, `x === undefined`, `typeof x`, a use as a type. */
  | { readonly kind: 'look'; readonly name: Identifier }
  /** The variable gets another value. */
  | { readonly kind: 'write'; readonly name: Identifier }
  /** Returned, stored, thrown, put into another variable: somebody else has it too. */
  | { readonly kind: 'escape'; readonly name: Identifier };

export type Holder =
  /** A statement drops it. */
  | { readonly kind: 'dropped' }
  /** Only a member of it is used where it stands: `open().read()`. */
  | { readonly kind: 'passing'; readonly member: string; readonly at: Node }
  | {
      readonly kind: 'variable';
      /** The name in the declaration. */
      readonly variable: Identifier;
      /** The name where this value is put into it. */
      readonly written: Identifier;
      readonly uses: readonly HeldUse[];
    }
  /** `this.x = value`, or a field with this initialiser; `name` is the field's name there. */
  | { readonly kind: 'field'; readonly name: Node & { readonly text: string }; readonly at: Node }
  /** `using x = value`. */
  | { readonly kind: 'managed' }
  /** Given to a call. */
  | { readonly kind: 'argument'; readonly call: CallExpression | NewExpression; readonly index: number }
  /** What a function gives to its caller. */
  | { readonly kind: 'returned'; readonly fn: FunctionNode | undefined }
  /** Anywhere else. */
  | { readonly kind: 'elsewhere' };

/**
 * Who holds the value of an expression.
 * @param chained methods that give back what they are called on: `setTimeout(…).unref()`
 */
export function holderOf(value: Node, chained: ReadonlySet<string> = new Set()): Holder {
  let at = wrapped(value);
  for (;;) {
    const { parent } = at;
    switch (parent.kind) {
      case SyntaxKind.AwaitExpression:
        at = wrapped(parent);
        continue;
      case SyntaxKind.VoidExpression:
      case SyntaxKind.ExpressionStatement:
        return { kind: 'dropped' };
      case SyntaxKind.ConditionalExpression:
        if (isConditionalExpression(parent) && parent.condition === at) return { kind: 'elsewhere' };
        at = wrapped(parent);
        continue;
      case SyntaxKind.PropertyAccessExpression: {
        if (!isPropertyAccessExpression(parent)) return { kind: 'elsewhere' };
        const call = wrapped(parent).parent;
        const isCalled = isCallExpression(call) && call.expression === wrapped(parent);
        if (isCalled && chained.has(parent.name.text)) {
          at = wrapped(call);
          continue;
        }
        return { kind: 'passing', member: parent.name.text, at: isCalled ? call : parent };
      }
      case SyntaxKind.BinaryExpression:
        return ofBinary(parent, at, chained);
      case SyntaxKind.VariableDeclaration: {
        if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return { kind: 'elsewhere' };
        if (isUsing(parent.parent)) return { kind: 'managed' };
        return inVariable(parent.name, parent.name);
      }
      case SyntaxKind.PropertyDeclaration:
        return isPropertyDeclaration(parent) && hasText(parent.name)
          ? { kind: 'field', name: parent.name, at: parent }
          : { kind: 'elsewhere' };
      case SyntaxKind.CallExpression:
      case SyntaxKind.NewExpression: {
        const call = parent as CallExpression | NewExpression;
        const index = call.arguments?.indexOf(at as never) ?? -1;
        return index < 0 ? { kind: 'elsewhere' } : { kind: 'argument', call, index };
      }
      case SyntaxKind.ReturnStatement:
        return { kind: 'returned', fn: functionAround(parent) };
      case SyntaxKind.ArrowFunction:
        return isArrowFunction(parent) && parent.body === at && !isBlock(at)
          ? { kind: 'returned', fn: parent }
          : { kind: 'elsewhere' };
      default:
        return { kind: 'elsewhere' };
    }
  }
}

function ofBinary(parent: Node, at: Node, chained: ReadonlySet<string>): Holder {
  if (!isBinaryExpression(parent)) return { kind: 'elsewhere' };
  const { left, right, operatorToken } = parent;
  switch (operatorToken.kind) {
    case SyntaxKind.EqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
    case SyntaxKind.BarBarEqualsToken: {
      if (right !== at || !isStatement(wrapped(parent))) return { kind: 'elsewhere' };
      const target = unwrap(left);
      if (isIdentifier(target)) {
        const variable = declarationName(target);
        return variable && isVariableDeclaration(variable.parent) && operatorToken.kind === SyntaxKind.EqualsToken
          ? inVariable(variable, target)
          : { kind: 'elsewhere' };
      }
      const isOwn = isPropertyAccessExpression(target) && target.expression.kind === SyntaxKind.ThisKeyword;
      return isOwn && hasText(target.name) ? { kind: 'field', name: target.name, at: parent } : { kind: 'elsewhere' };
    }
    case SyntaxKind.CommaToken:
      return right === at ? holderOf(parent, chained) : { kind: 'dropped' };
    case SyntaxKind.AmpersandAmpersandToken:
      return right === at ? holderOf(parent, chained) : { kind: 'elsewhere' };
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.BarBarToken:
      return holderOf(parent, chained);
    default:
      return { kind: 'elsewhere' };
  }
}

/** Whether nobody uses the value of an assignment itself: `x = open();` and `() => (x = open())`. */
function isStatement({ parent }: Node): boolean {
  return isExpressionStatement(parent) || (isArrowFunction(parent) && !isBlock(parent.body));
}

function inVariable(variable: Identifier, written: Identifier): Holder {
  const list = variable.parent.parent;
  if (!list || isExportedList(list)) return { kind: 'elsewhere' };
  return { kind: 'variable', variable, written, uses: referencesTo(variable).map(useOf) };
}

function isExportedList(list: Node): boolean {
  return list.parent !== undefined && hasModifier(list.parent, SyntaxKind.ExportKeyword);
}

/** Whether a use runs as part of another function than the variable's own. */
export function isCaptured({ name }: HeldUse, variable: Identifier): boolean {
  return rootOf(name) !== rootOf(variable);
}

/** What a use of a name does with the value behind it. */
export function useOf(name: Identifier): HeldUse {
  let at = wrapped(name);
  for (;;) {
    const { parent } = at;
    switch (parent.kind) {
      case SyntaxKind.PropertyAccessExpression: {
        if (!isPropertyAccessExpression(parent)) return { kind: 'look', name };
        const member = parent.name.text;
        const call = wrapped(parent).parent;
        if (isCallExpression(call) && call.expression === wrapped(parent))
          return { kind: 'method', name, member, call };
        return { kind: 'member', name, member };
      }
      case SyntaxKind.ElementAccessExpression:
        return (parent as Node & { readonly expression: Node }).expression === at
          ? elementUse(name, parent)
          : { kind: 'look', name };
      case SyntaxKind.CallExpression:
      case SyntaxKind.NewExpression: {
        const call = parent as CallExpression | NewExpression;
        const index = call.arguments?.indexOf(at as never) ?? -1;
        if (index >= 0) return { kind: 'argument', name, call, index };
        return isCallExpression(call) && call.expression === at
          ? { kind: 'call', name, call }
          : { kind: 'escape', name };
      }
      case SyntaxKind.AwaitExpression: {
        const outer = wrapped(parent).parent;
        if (isExpressionStatement(outer)) return { kind: 'await', name };
        at = wrapped(parent);
        continue;
      }
      case SyntaxKind.BinaryExpression: {
        const found = operandUse(name, at, parent);
        if (found) return found;
        at = wrapped(parent);
        continue;
      }
      case SyntaxKind.ConditionalExpression:
        if (isConditionalExpression(parent) && parent.condition === at) return { kind: 'look', name };
        at = wrapped(parent);
        continue;
      case SyntaxKind.ForOfStatement:
      case SyntaxKind.SpreadElement:
        return { kind: 'iterate', name };
      case SyntaxKind.VariableDeclaration:
        // `const { a } = x` takes something out of it.
        return (parent as Node & { readonly name: Node }).name.kind === SyntaxKind.ObjectBindingPattern
          ? { kind: 'member', name, member: '' }
          : { kind: 'escape', name };
      case SyntaxKind.IfStatement:
      case SyntaxKind.WhileStatement:
      case SyntaxKind.DoStatement:
      case SyntaxKind.ForStatement:
      case SyntaxKind.PrefixUnaryExpression:
      case SyntaxKind.TypeOfExpression:
      case SyntaxKind.TypeQuery:
      case SyntaxKind.TypeReference:
      case SyntaxKind.ExpressionStatement:
      case SyntaxKind.VoidExpression:
      case SyntaxKind.TemplateSpan:
        return { kind: 'look', name };
      default:
        return isBindingElement(parent) ? { kind: 'look', name } : { kind: 'escape', name };
    }
  }
}

function elementUse(name: Identifier, access: Node): HeldUse {
  const { parent } = wrapped(access);
  const member = (access as Node & { readonly argumentExpression: Node }).argumentExpression.getText();
  return isCallExpression(parent) && parent.expression === wrapped(access)
    ? { kind: 'method', name, member, call: parent }
    : { kind: 'member', name, member };
}

/** Undefined where the operator gives its operand on. */
function operandUse(name: Identifier, at: Node, parent: Node): HeldUse | undefined {
  if (!isBinaryExpression(parent)) return undefined;
  const { kind } = parent.operatorToken;
  const isLeft = parent.left === at;
  if (isAssignmentOperator(kind)) return { kind: isLeft ? 'write' : 'escape', name };
  switch (kind) {
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.CommaToken:
      return isLeft ? { kind: 'look', name } : undefined;
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
      return undefined;
    default:
      return { kind: 'look', name };
  }
}

function functionAround(node: Node): FunctionNode | undefined {
  const root = rootOf(node);
  return 'parameters' in root ? (root as FunctionNode) : undefined;
}

function hasText(name: Node): name is Node & { readonly text: string } {
  return name.kind === SyntaxKind.Identifier || name.kind === SyntaxKind.PrivateIdentifier;
}
