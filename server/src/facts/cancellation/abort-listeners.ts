/** `signal.addEventListener('abort', …)`, and whether the listener stays when the work is done. */
import {
  type BindingElement,
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isBindingElement,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  isWithin,
  type Node,
  type PropertyAccessExpression,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';

export interface AbortListening {
  readonly call: CallExpression;
  readonly callee: PropertyAccessExpression;
  readonly signal: Node;
  readonly fn: FunctionNode;
}

/** `signal.addEventListener('abort', …)` in a function. */
export function abortListening(call: CallExpression): AbortListening | undefined {
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'addEventListener') return undefined;
  const event = call.arguments[0] && unwrap(call.arguments[0]);
  if (!event || !isStringLiteral(event) || event.text !== 'abort' || !call.arguments[1]) return undefined;
  const fn = enclosingFunction(call);
  return fn && { call, callee, signal: unwrap(callee.expression), fn };
}

/** Whether nobody takes a listener away again, on a signal that may outlive the call. */
export function staysOnSignal(listening: AbortListening): boolean {
  const { call, signal } = listening;
  return (
    !isSignalMadeHere(signal) &&
    !isOnce(call) &&
    !isRemoved(listening) &&
    !isOfCallback(signal) &&
    !isOfObject(listening)
  );
}

/** `controller.signal` of a controller that is made in this file, and combinations and timeouts made in this function. */
export function isSignalMadeHere(signal: Node): boolean {
  if (/AbortSignal\./.test(signal.getText())) return true;
  if (
    isPropertyAccessExpression(signal) &&
    signal.name.text === 'signal' &&
    /controller|^ac\b/i.test(signal.expression.getText())
  )
    return true;
  const root = isPropertyAccessExpression(signal) ? unwrap(signal.expression) : signal;
  const declared = isIdentifier(root) ? declarationName(root)?.parent : undefined;
  if (declared && isBindingElement(declared)) return isTakenFromController(declared);
  if (!declared || !isVariableDeclaration(declared)) return false;
  if (!declared.initializer) return true;
  const text = declared.initializer.getText();
  // What is made by a call may live as long as what is made here.
  return /new AbortController|AbortSignal\.|[cC]ontroller\b.*\.signal$/.test(text) || !/[sS]ignal$/.test(text);
}

/** `const { signal } = controller`, where the controller is made in this file. */
function isTakenFromController(element: BindingElement): boolean {
  const declaration = element.parent.parent;
  const source = isVariableDeclaration(declaration) && declaration.initializer && unwrap(declaration.initializer);
  const holder = source && isIdentifier(source) ? declarationName(source)?.parent : declaration;
  return holder !== undefined && /= ?new AbortController\b/.test(holder.getText());
}

/** The signal of a request, or a parameter of a callback that is written in a call: it is made for this one time. */
function isOfCallback(signal: Node): boolean {
  if (/(?:^|\.)(?:req|request|\w*Request)\??\.(?:raw\.)?signal$/.test(signal.getText())) return true;
  let root = signal;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const declared = isIdentifier(root) ? declarationName(root)?.parent : undefined;
  let at: Node | undefined = declared;
  while (at && !isFunctionNode(at)) at = isVariableDeclaration(at) ? undefined : at.parent;
  return at !== undefined && isCallExpression(wrapped(at).parent);
}

/** `this.options.signal` with a listener that speaks of the object alone: both are there as long as the object is. */
function isOfObject({ call, signal, fn }: AbortListening): boolean {
  let root = signal;
  while (isPropertyAccessExpression(root)) root = unwrap(root.expression);
  const [, listener] = call.arguments;
  if (root.kind !== SyntaxKind.ThisKeyword || !listener) return false;
  let isOwn = false;
  let isOthers = false;
  const look = (node: Node): void => {
    if (node.kind === SyntaxKind.ThisKeyword) isOwn = true;
    const name = isIdentifier(node) ? declarationName(node) : undefined;
    if (name && isWithin(name, fn) && !isWithin(name, listener)) isOthers = true;
    node.forEachChild(look);
  };
  look(listener);
  return isOwn && !isOthers;
}

/** `{ once: true }`, `{ signal }`, or options that are made elsewhere. */
function isOnce({ arguments: [, , options] }: CallExpression): boolean {
  const at = options && unwrap(options);
  if (!at || at.getText() === 'false' || at.getText() === 'true') return false;
  if (!isObjectLiteralExpression(at)) return true;
  return at.properties.some((member) => {
    const name = (member as { readonly name?: Node }).name?.getText();
    return name === undefined || name === 'signal' || (name === 'once' && !/:\s*false$/.test(member.getText()));
  });
}

/** Whether the outermost function around, or its class, takes a listener for aborts away again. */
function isRemoved({ fn, signal }: AbortListening): boolean {
  let scope: Node = fn;
  while (scope.parent?.parent) scope = scope.parent;
  const text = scope.getText();
  if (!/removeEventListener\(\s*['"`]abort/.test(text)) return false;
  const name = signal.getText().split(/\??\./).at(-1) ?? '';
  return new RegExp(`\\b${name.replace('#', '')}!?\\??\\.removeEventListener\\(\\s*['"\`]abort`).test(text);
}
