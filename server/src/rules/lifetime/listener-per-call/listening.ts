/** Calls that add a listener, and those that take it away again. By syntax alone. */
import {
  type CallExpression,
  enclosingFunction,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { namesIn, referencesTo } from '../../../typescript/references.ts';

/** `receiver.on(event, listener)`. */
export interface Listening {
  readonly call: CallExpression;
  readonly receiver: Node;
  readonly method: 'on' | 'addListener' | 'addEventListener' | 'prependListener';
  readonly event: Node;
  readonly listener: Node;
}

/** Undefined for what listens once, or ends by a signal, or may do so. */
export function listening(call: CallExpression): Listening | undefined {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee)) return undefined;
  const method = callee.name.text;
  if (method !== 'on' && method !== 'addListener' && method !== 'addEventListener' && method !== 'prependListener')
    return undefined;
  const [event, listener, options] = call.arguments;
  if (!event || !listener || (options && !staysForGood(options))) return undefined;
  return { call, receiver: unwrap(callee.expression), method, event, listener: unwrap(listener) };
}

/** `true` for capturing, or options that neither end it nor may do so. */
function staysForGood(options: Node): boolean {
  const at = unwrap(options);
  if (!isObjectLiteralExpression(at)) return /^(?:true|false)$/.test(at.getText());
  return at.properties.every((property) => {
    const name = (property as { readonly name?: Node }).name?.getText();
    return name === 'capture' || name === 'passive';
  });
}

const removers = ['off', 'removeListener', 'removeEventListener', 'removeAllListeners'] as const;

/** Whether the file takes listeners of this event away from this emitter anywhere. */
export function isRemoved({ receiver, event, call }: Listening): boolean {
  const file = call.getSourceFile();
  const emitter = plain(receiver);
  return removers.some((name) =>
    namesIn(file, name).some(({ parent }) => {
      if (!isPropertyAccessExpression(parent) || plain(parent.expression) !== emitter) return false;
      if (!isCallExpression(parent.parent)) return true;
      const [removed] = parent.parent.arguments;
      return !removed || removed.getText() === event.getText() || !isLiteral(removed);
    }),
  );
}

function isLiteral(event: Node): boolean {
  return /^['"`]/.test(event.getText());
}

/** The same emitter may be written with `?.` or `!`. */
function plain(node: Node): string {
  return unwrap(node).getText().replace(/[?!]/g, '').replace(/\s+/g, '');
}

/** A function that was made for this very removal: written there, bound there, or in a variable that nothing else uses. */
export function freshFunction(call: CallExpression): Node | undefined {
  const [event, given] = call.arguments;
  const listener = given && unwrap(given);
  if (!event || !listener) return undefined;
  if (isFunctionNode(listener)) return listener;
  if (isCallExpression(listener))
    return lastName(listener.expression) === 'bind' && isPropertyAccessExpression(unwrap(listener.expression))
      ? listener
      : undefined;
  const name = isIdentifier(listener) ? declarationName(listener) : undefined;
  const declaration = name?.parent;
  if (!name || !declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const value = unwrap(declaration.initializer);
  const isMade = isFunctionNode(value) || (isCallExpression(value) && lastName(value.expression) === 'bind');
  const isLocal = enclosingFunction(name) !== undefined && enclosingFunction(name) === enclosingFunction(call);
  return isMade && isLocal && referencesTo(name).every((use) => isRemoving(use)) ? listener : undefined;
}

function isRemoving(use: Node): boolean {
  const { parent } = use;
  return isCallExpression(parent) && (removers as readonly string[]).includes(lastName(parent.expression) ?? '');
}
