/** Whether a function of the project lets an abort of the signal that it is given come back as an error. */
import {
  type CallExpression,
  type FunctionNode,
  isAwaitExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionNode,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isTryStatement,
  isWithin,
  lastName,
  type NewExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { referencesTo } from '../../typescript/references.ts';

/**
 * False only where it is plain that no abort comes back: nothing that is called reads the signal of its argument at
 * `index`, or all that happens to it is that somebody asks `aborted` and goes another way.
 */
export async function heedsAbort(
  call: CallExpression | NewExpression,
  index: number,
  types: Oracle,
  depth = 0,
): Promise<boolean> {
  if (isNewExpression(call)) return mayHeed(call, types);
  const functions = await types.functionsOf(call.expression);
  if (functions.length === 0 || depth > deepest) return true;
  for (const fn of functions) if (await heeds(fn, index, types, depth)) return true;
  return false;
}

const deepest = 3;

/** An object that is given the signal looks at it later, unless nothing in its class speaks of one. */
async function mayHeed({ expression }: NewExpression, types: Oracle): Promise<boolean> {
  const classes = (await types.declarationsOf(expression)).filter(isClassLikeDeclaration);
  return classes.length === 0 || classes.some((declared) => /signal|token|abort|cancel/i.test(declared.getText()));
}

async function heeds(fn: FunctionNode, index: number, types: Oracle, depth: number): Promise<boolean> {
  const parameter = fn.parameters[index];
  if (!fn.body || !parameter || !isParameterDeclaration(parameter) || parameter.dotDotDotToken) return true;
  if (!isIdentifier(parameter.name)) return /signal|token|abort|cancel|\.\.\./i.test(parameter.name.getText());
  for (const use of referencesTo(parameter.name)) {
    if (use === parameter.name || isWithin(use, parameter) || endsInside(use, fn)) continue;
    if (await passesAbortOn(use, types, depth)) return true;
  }
  return false;
}

/** Whether a `catch` of the function itself ends every error of a place, whatever it is. */
function endsInside(use: Node, fn: FunctionNode): boolean {
  for (let at = use; at.parent && at !== fn; at = at.parent) {
    const { parent } = at;
    if (!isTryStatement(parent) || parent.tryBlock !== at || !parent.catchClause) continue;
    const code = parent.catchClause.block.getText().replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
    if (isAwaitedIn(use, at) && !/\b(?:throw|reject|abort)/i.test(code)) return true;
  }
  return false;
}

/** What a `try` does not wait for fails behind it. */
function isAwaitedIn(use: Node, block: Node): boolean {
  for (let at = use; at !== block; at = at.parent) {
    if (isAwaitExpression(at)) return true;
    if (isFunctionNode(at)) return false;
    if (isCallExpression(at) && lastName(at.expression) === 'throwIfAborted') return true;
  }
  return false;
}

/** What one use of a signal, or of an object that has one, does with an abort. */
async function passesAbortOn(use: Node, types: Oracle, depth: number): Promise<boolean> {
  const at = wrapped(use);
  const { parent } = at;
  if (isPropertyAccessExpression(parent) && parent.expression === at) {
    const name = parent.name.text;
    if (name === 'aborted' || name === 'isCancellationRequested') return leadsToError(parent);
    if (/signal|token|abort|cancel/i.test(name) && !isCallee(parent)) return passesAbortOn(parent, types, depth);
    return isCallee(parent);
  }
  const given = argumentOf(at);
  if (!given) return true;
  return heedsAbort(given.call, given.index, types, depth + 1);
}

function isCallee(access: Node): boolean {
  const { parent } = wrapped(access);
  return isCallExpression(parent) && parent.expression === wrapped(access);
}

/** The call that is given a value, itself or in an object that is written there. */
function argumentOf(
  value: Node,
): { readonly call: CallExpression | NewExpression; readonly index: number } | undefined {
  const { parent } = value;
  if (isPropertyAssignment(parent) || isShorthandPropertyAssignment(parent) || isSpreadAssignment(parent))
    return argumentOf(wrapped(parent.parent));
  if (!isCallExpression(parent) && !isNewExpression(parent)) return undefined;
  const index = (parent.arguments ?? []).findIndex((argument) => argument === value || unwrap(argument) === value);
  return index < 0 ? undefined : { call: parent, index };
}

/** `if (signal.aborted) throw …`; whoever only goes another way gives no error. */
function leadsToError(read: Node): boolean {
  for (let at = read; at.parent && !isFunctionNode(at); at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.expression === at)
      return /\bthrow\b|reject/i.test(parent.thenStatement.getText() + (parent.elseStatement?.getText() ?? ''));
  }
  return false;
}
