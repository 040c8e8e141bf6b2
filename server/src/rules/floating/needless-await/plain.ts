import { choice, flag } from '../../../model/rule.ts';
import {
  type CallExpression,
  isAsExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isTypeAssertion,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import type { RuleContext } from '../../define.ts';

export const options = {
  allowMixedPromiseArrays: flag(
    true,
    'Allow arrays that hold promises and plain values side by side in `Promise.all` and its kin.',
  ),
  inTests: choice(
    ['allow', 'report'],
    'allow',
    'What to do in a test with an `await` that has nothing to wait for; `strict` reports it.',
    'report',
  ),
  checkVoidCallbacks: flag(
    false,
    'Report `await` of a `void` callback or interface method too, although an async function may stand behind it.',
  ),
} as const;

export type Context = RuleContext<string, typeof options>;

/** Whether a value of this type can never be a promise. */
export async function isNeverPromise(type: TypeView): Promise<boolean> {
  const { extent } = await type.thenability();
  return extent === 'none' && !(await isOpenEnded(type));
}

/** Types that say so little that a promise fits them, and classes whose base is not known. */
async function isOpenEnded(type: TypeView): Promise<boolean> {
  const members = await type.unionMembers();
  return (await Promise.all(members.map((member) => member.admitsAnything()))).includes(true);
}

/** Where the type says no and the program may still say yes. */
export async function mayBePromiseAfterAll(operand: Node, type: TypeView, ctx: Context): Promise<boolean> {
  // Behind an `as`, the value says what it is.
  if (isAssertion(operand.parent) && (await ctx.types.thenability(operand)).extent !== 'none') return true;
  if ((await hasVoid(type)) && !ctx.options.checkVoidCallbacks)
    return !isCallExpression(operand) || !(await isFixedFunction(operand, ctx));
  if (await isPromiseByName(type)) return true;
  const arms = armsOf(operand);
  if (arms.length > 1) {
    const answers = await Promise.all(
      arms.map(async (arm) => mayBePromiseAfterAll(arm, await ctx.types.typeOf(arm), ctx)),
    );
    return answers.includes(true);
  }
  if (isCallExpression(operand)) return isOpenToString(operand, ctx);
  if (isIdentifier(operand) && (await holdsOpenText(operand, ctx))) return true;
  // A variable that is assigned in a callback is narrowed to its first value, `undefined`, although it holds a promise by now.
  if (isIdentifier(operand) && (type.isNullish || type.isNever)) return !(await isDeclaredPlain(operand, ctx));
  return false;
}

/** `ChainablePromiseElement`: an object that acts as a promise when it runs may be declared without a `then`, so that it is no promise twice. */
async function isPromiseByName(type: TypeView): Promise<boolean> {
  const declared = await Promise.all((await type.unionMembers()).map((member) => member.declaredIn()));
  return declared.some((place) => place !== undefined && /Promise|Thenable|Deferred/.test(place.name));
}

/** Every object has a `toString` that is said to return a string, and those of some libraries return promises. */
async function isOpenToString(call: CallExpression, ctx: Context): Promise<boolean> {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'toString') return false;
  const [receiver, method] = await Promise.all([ctx.types.typeOf(callee.expression), ctx.types.symbolOf(callee)]);
  return !receiver.isPrimitive && method?.declaredIn?.from === 'lib';
}

function isAssertion(node: Node): boolean {
  return isAsExpression(node) || isTypeAssertion(node);
}

/** A variable that begins with such a text. */
async function holdsOpenText(name: Node, ctx: Context): Promise<boolean> {
  for (const declaration of await ctx.types.declarationsOf(name)) {
    const value = isVariableDeclaration(declaration) && declaration.initializer && unwrap(declaration.initializer);
    if (value && isCallExpression(value) && (await isOpenToString(value, ctx))) return true;
  }
  return false;
}

/** What an expression may stand for: the arms of `?:`, and both sides of `&&`, `||` and `??`. */
function armsOf(operand: Node): readonly Node[] {
  if (isConditionalExpression(operand))
    return [...armsOf(unwrap(operand.whenTrue)), ...armsOf(unwrap(operand.whenFalse))];
  const isChoice = isBinaryExpression(operand) && choosing.has(operand.operatorToken.kind);
  return isChoice ? [...armsOf(unwrap(operand.left)), ...armsOf(unwrap(operand.right))] : [operand];
}

const choosing: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

async function hasVoid(type: TypeView): Promise<boolean> {
  return (await type.unionMembers()).some((member) => member.isVoid);
}

async function isDeclaredPlain(name: Node, ctx: Context): Promise<boolean> {
  const declarations = await ctx.types.declarationsOf(name);
  const types = await Promise.all(
    declarations.map((declaration) => ctx.types.typeOf((declaration as { readonly name?: Node }).name ?? declaration)),
  );
  const plain = await Promise.all(
    types.map(async (type) => !type.isNullish && !type.isNever && (await isNeverPromise(type))),
  );
  return plain.length > 0 && !plain.includes(false);
}

/**
 * Whether the very function that a call enters is known. A `void` callback, interface method or overridable method may
 * be implemented by an async function, and then the `await` is right.
 */
async function isFixedFunction(call: CallExpression, ctx: Context): Promise<boolean> {
  const declarations = await ctx.types.declarationsOf(call.expression);
  return declarations.length > 0 && declarations.every(isFixed);
}

function isFixed(declaration: Node): boolean {
  if (isFunctionDeclaration(declaration)) return true;
  if (isConstructorDeclaration(declaration)) return true;
  if (isMethodDeclaration(declaration)) return (declaration.body?.statements.length ?? 0) > 0;
  const { initializer, parent } = declaration as Node & { readonly initializer?: Node };
  const isConstant = declaration.kind === SyntaxKind.VariableDeclaration && (parent.flags & 2) !== 0;
  return (
    isConstant &&
    initializer !== undefined &&
    (initializer.kind === SyntaxKind.ArrowFunction || initializer.kind === SyntaxKind.FunctionExpression)
  );
}

/** Whether a type is an array or tuple with promises in it. */
export async function holdsPromises(type: TypeView): Promise<boolean> {
  const elements = (await type.elements()) ?? [];
  const found = await Promise.all(elements.map((element) => element.thenability()));
  return found.some(({ extent }) => extent === 'all' || extent === 'some');
}
