import {
  type CallExpression,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isClassLikeDeclaration,
  isConstructorDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isVariableDeclaration,
  lastName,
  type NewExpression,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { nextLink } from '../../../typescript/promise-syntax.ts';
import type { RuleContext } from '../../define.ts';
import { givesPromise } from './callback.ts';

/** Names of functions that only forget a callback which was given to another one. */
const removal =
  /^(?:off|removeListener|removeEventListener|removeAllListeners|unsubscribe|unlisten|unregister|unwatch|unbind|detach)/;

/** Whether a call never calls what it is given: `removeEventListener`. */
export function onlyRemoves(call: CallExpression | NewExpression): boolean {
  return removal.test(lastName(call.expression) ?? '');
}

/** Whether the callee's own definition in the project waits for its callback, whatever its parameter's type says. */
export async function calleeWaits(callee: Node, index: number, ctx: RuleContext, depth = 0): Promise<boolean> {
  if (depth > 2) return false;
  const [functions, declarations] = await Promise.all([
    ctx.types.functionsOf(callee),
    ctx.types.declarationsOf(callee),
  ]);
  const constructors = declarations
    .map((node) => (isVariableDeclaration(node) && node.initializer ? unwrap(node.initializer) : node))
    .filter(isClassLikeDeclaration)
    .flatMap(({ members }) => members.filter(isConstructorDeclaration));
  for (const fn of [...functions, ...constructors]) {
    const name = fn.parameters[index]?.name;
    if (!fn.body || !name || !isIdentifier(name)) continue;
    const places = placesOf(name.text, fn.body);
    if (places.some((place) => isWaitedFor(place))) return true;
    for (const place of places) {
      if (await isKeptForWaiting(place, ctx)) return true;
      const call = wrapped(place).parent;
      if (!isCallExpression(call) || call.expression === place) continue;
      const position = call.arguments.indexOf(wrapped(place) as never);
      if (position < 0) continue;
      const types = await ctx.types.parameterTypes(call, position);
      const welcomes = await Promise.all(types.map((type) => givesPromise(type, ctx)));
      if (welcomes.includes(true) || (await calleeWaits(call.expression, position, ctx, depth + 1))) return true;
    }
  }
  return false;
}

/** `this.onClick = onClick`, where the member's type says that its promise is welcome. */
async function isKeptForWaiting(place: Node, ctx: RuleContext): Promise<boolean> {
  const value = wrapped(place);
  const { parent } = value;
  if (!isBinaryExpression(parent) || parent.right !== value || !isPropertyAccessExpression(parent.left)) return false;
  return givesPromise(await ctx.types.typeOf(parent.left), ctx);
}

function placesOf(name: string, body: Node): readonly Node[] {
  const found: Node[] = [];
  const look = (node: Node): void => {
    const isMember = isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (isIdentifier(node) && node.text === name && !isMember) found.push(node);
    node.forEachChild(look);
  };
  look(body);
  return found;
}

/** `await callback()`, `return callback()`, `callback().then(…)`. */
function isWaitedFor(name: Node): boolean {
  const call = wrapped(name).parent;
  if (!isCallExpression(call) || unwrap(call.expression) !== name) return false;
  const { parent } = wrapped(call);
  if (isAwaitExpression(parent) || isReturnStatement(parent) || nextLink(call)) return true;
  return isArrowFunction(parent) && !isBlock(parent.body);
}
