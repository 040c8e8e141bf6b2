/** Controllers that a function makes for itself: who aborts them, and what a timer has to do with it. */
import {
  type CallExpression,
  type Identifier,
  isArrowFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { referencesTo } from '../../typescript/references.ts';

/** A controller that a constant of a function holds, and all that is done with it: `signal` and `abort`. */
export interface OwnController {
  readonly name: Identifier;
  readonly uses: readonly ControllerUse[];
}

export interface ControllerUse {
  readonly at: Node;
  /** What is read of it; undefined where it is used whole. */
  readonly member: string | undefined;
}

/** What a callback aborts and nothing else: `() => controller.abort()`, `controller.abort.bind(controller)`. */
export function abortedBy(callback: Node): Node | undefined {
  const fn = unwrap(callback);
  if (isCallExpression(fn)) {
    const bound = lastName(fn.expression) === 'bind' ? unwrap(fn.arguments[0] ?? fn) : undefined;
    return bound && fn.expression.getText() === `${bound.getText()}.abort.bind` ? bound : undefined;
  }
  if (!isArrowFunction(fn) && !isFunctionExpression(fn)) return undefined;
  const { body } = fn;
  if (!body) return undefined;
  const [only, another] = isBlock(body) ? body.statements : [body];
  const call = only && !another ? unwrap(isExpressionStatement(only) ? only.expression : only) : undefined;
  if (!call || !isCallExpression(call)) return undefined;
  const callee = unwrap(call.expression);
  // A reason of its own says more than a timeout does, unless it says just that.
  if (
    call.arguments.length > 0 &&
    !/\.reason$|^new Error\(.*timed?[\s_-]?out/i.test(call.arguments[0]?.getText() ?? '')
  )
    return undefined;
  return isPropertyAccessExpression(callee) && callee.name.text === 'abort' ? unwrap(callee.expression) : undefined;
}

/** The controller that an expression names; undefined where it is handed out. */
export function ownController(expression: Node | undefined): OwnController | undefined {
  if (!expression || !isIdentifier(expression)) return undefined;
  const name = declarationName(expression);
  const declaration = name?.parent;
  if (!name || !isIdentifier(name) || !declaration || !isVariableDeclaration(declaration)) return undefined;
  const value = declaration.initializer;
  if (!value || !isNewExpression(value) || value.expression.getText() !== 'AbortController') return undefined;
  const uses = referencesTo(name)
    .filter((at) => !isBoundTo(at))
    .map((at): ControllerUse => {
      const { parent } = wrapped(at);
      return { at, member: isPropertyAccessExpression(parent) ? parent.name.text : undefined };
    });
  return uses.every(({ member }) => member === 'signal' || member === 'abort') ? { name, uses } : undefined;
}

/** The second name in `controller.abort.bind(controller)`. */
function isBoundTo(use: Identifier): boolean {
  const { parent } = wrapped(use);
  return isCallExpression(parent) && parent.expression.getText() === `${use.text}.abort.bind`;
}

/** The variable that holds a timer; undefined where nothing does, `unknown` where it goes elsewhere. */
export function timerName(call: CallExpression): Identifier | undefined | 'unknown' {
  const { parent: access } = wrapped(call);
  // `setTimeout(…).unref()` gives back the timer.
  const isReleased = isPropertyAccessExpression(access) && access.name.text === 'unref';
  const { parent } = isReleased && isCallExpression(access.parent) ? wrapped(access.parent) : wrapped(call);
  if (isExpressionStatement(parent)) return undefined;
  return isVariableDeclaration(parent) && isIdentifier(parent.name) ? parent.name : 'unknown';
}

/** Whether a use of a timer's variable is `clearTimeout(timer)`, or `timer.unref()`. */
export function isCleared(use: Node): boolean {
  const { parent } = wrapped(use);
  if (isPropertyAccessExpression(parent)) return parent.name.text === 'unref' && isCallExpression(parent.parent);
  return isCallExpression(parent) && parent.expression.getText() === 'clearTimeout';
}
