import {
  enclosingFunction,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isStringLiteral,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { nextLink } from '../../../typescript/promise-syntax.ts';
import { referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';
import { conditionMisuse } from './condition.ts';
import { type Misuse, shortened } from './misuse-kinds.ts';
import { type Place, placeOf } from './place.ts';
import { mayHaveMore, type PromiseValue } from './promise.ts';
import { argumentMisuse, isComparedWithValue, memberMisuse, sinkMisuse } from './sinks.ts';
import { mismatch, propertyMisuse } from './stored.ts';

/** Whether a promise at its place is taken for its value. Undefined where the place has a use for the promise, or in doubt. */
export async function misuseAt(
  expression: Node,
  place: Place,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<Misuse | undefined> {
  switch (place.kind) {
    case 'condition':
      return conditionMisuse(expression, promise, ctx);
    case 'spread':
      return { key: 'spread' };
    case 'text':
      // A union is often wider than what is there: `marked(text)` is a promise only where it was asked for one.
      return promise.isPromise && promise.extent === 'all' ? { key: 'text' } : undefined;
    case 'property':
      return propertyMisuse(expression, place, promise, ctx);
    case 'argument':
      if (isOfRejectionEvent(expression)) return undefined;
      return promise.isPromise ? argumentMisuse(place.call, place.index, promise, ctx) : undefined;
  }
  if (promise.extent !== 'all' || !promise.isPromise) return undefined;
  switch (place.kind) {
    case 'comparison':
      return (await isComparedWithValue(place.other, place.isOrder, ctx))
        ? { key: 'comparison', data: { other: shortened(place.other.getText()) } }
        : undefined;
    case 'sum':
      // A promise has no number: `+` makes a text of it, even beside one.
      return { key: 'text' };
    case 'arithmetic':
      return { key: 'arithmetic' };
    case 'object':
      if (isStringLiteral(place.key) && promiseMembers.has(place.key.text)) return undefined;
      return (await isComparedWithPromise(expression, ctx)) ? undefined : { key: 'value' };
    case 'iteration':
    case 'key':
    case 'switch':
      return { key: 'value' };
    case 'pattern':
      return isLoose(promise, ctx) ? { key: 'value' } : undefined;
    case 'member':
      if (isChained(expression)) return undefined;
      return (await isForeignMember(expression, place.name, promise, ctx)) ? { key: 'value' } : undefined;
    case 'element':
      return sinkMisuse(place.list, ctx);
    case 'assigned':
      return (await mismatch(place.value, promise, ctx)) ?? memberMisuse(place.target, ctx);
    default:
      return undefined;
  }
}

/** `if (p.ctx) …` beside `p.then(…)`: whoever chains on it knows that it is a promise, and put something on it. */
function isChained(expression: Node): boolean {
  const name = unwrap(expression);
  const declared = isIdentifier(name) ? declarationName(name) : undefined;
  return declared !== undefined && referencesTo(declared).some((use) => nextLink(use) !== undefined);
}

/** `process.on('unhandledRejection', (reason, promise) => …)`: the promise itself is what is to be shown. */
function isOfRejectionEvent(expression: Node): boolean {
  const name = unwrap(expression);
  const handler = isIdentifier(name) ? enclosingFunction(name) : undefined;
  const call = handler && wrapped(handler).parent;
  if (!call || !isCallExpression(call) || !isIdentifier(name)) return false;
  const [event] = call.arguments;
  const isOfEvent =
    event && isStringLiteral(event) && /^(?:unhandledRejection|rejectionHandled|multipleResolves)$/.test(event.text);
  return isOfEvent === true && handler.parameters.some((parameter) => parameter.name.getText() === name.text);
}

/** `result !== promise` in the same function: whoever asks which of two promises it is means the promise by its name. */
async function isComparedWithPromise(expression: Node, ctx: RuleContext): Promise<boolean> {
  const name = unwrap(expression);
  const fn = isIdentifier(name) ? enclosingFunction(name) : undefined;
  if (!fn?.body || !isIdentifier(name)) return false;
  const others: Node[] = [];
  const look = (node: Node): void => {
    if (isBinaryExpression(node) && identity.has(node.operatorToken.kind)) {
      const [left, right] = [unwrap(node.left), unwrap(node.right)];
      if (isIdentifier(left) && left.text === name.text) others.push(right);
      else if (isIdentifier(right) && right.text === name.text) others.push(left);
    }
    node.forEachChild(look);
  };
  look(fn.body);
  const answers = await Promise.all(others.map((other) => ctx.types.thenability(other)));
  return answers.some(({ extent }) => extent === 'all' || extent === 'some');
}

const identity: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
]);

/** The compiler complains about the rest of TypeScript by itself. */
function isLoose({ type }: PromiseValue, ctx: RuleContext): boolean {
  return type === undefined || ctx.file.isJavaScript;
}

const promiseMembers = new Set(['then', 'catch', 'finally', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']);

/** Whether a member is none that promises have, in code where no compiler complains about it. */
async function isForeignMember(
  expression: Node,
  name: string | undefined,
  promise: PromiseValue,
  ctx: RuleContext,
): Promise<boolean> {
  if (!isLoose(promise, ctx)) return false;
  if (name === undefined) return true;
  if (promiseMembers.has(name)) return false;
  if (await mayHaveMore(promise, name, ctx)) return false;
  const access = wrapped(expression).parent;
  const isWritten = wrapped(access).parent.kind === SyntaxKind.BinaryExpression && placeOf(access).kind === 'target';
  if (isWritten) return false;
  return promise.type === undefined || (await promise.type.propertySymbol(name)) === undefined;
}
