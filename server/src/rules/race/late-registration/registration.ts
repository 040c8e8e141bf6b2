/** Calls that register a listener, and those that wait for an event. By syntax alone. */
import type { RegistrationKnowledge } from '../../../knowledge/late-registration.ts';
import {
  type AwaitExpression,
  type CallExpression,
  enclosingFunction,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableStatement,
  isWithin,
  lastName,
  type Node,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';

export interface Registration {
  readonly source: Node;
  readonly event: string;
  /** What names the registration in a message. */
  readonly at: Node;
  /** The node whose step in the flow graph it is. */
  readonly step: Node;
  /** The node whose place in the async function is that of the registration, where a promise waits for the event. */
  readonly listener: Node | undefined;
  /** Whether it is an event of the object itself, as a method: `this.onDidChange(listener)`. */
  readonly isOwnEvent?: boolean;
}

export function registrationAt(call: CallExpression, known: RegistrationKnowledge): Registration | undefined {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee)) return callee.text === 'once' ? onceOf(call) : undefined;
  if (!isPropertyAccessExpression(callee)) return undefined;
  const method = callee.name.text;
  const [first, second] = call.arguments;
  const executor = executorAround(call, unwrap(callee.expression));
  if (/^onDid[A-Z]/.test(method) && first && resolves(first)) {
    const step = executor ?? call;
    return {
      source: unwrap(callee.expression),
      event: method,
      at: callee.name,
      step,
      listener: step,
      isOwnEvent: true,
    };
  }
  if (!known.registers(method) || !first || !second || !isStringLiteral(first)) return undefined;
  const source = unwrap(callee.expression);
  const isWait = executor !== undefined && known.isReadiness(first.text);
  return {
    source,
    event: first.text,
    at: callee.name,
    step: executor ?? call,
    listener: isWait ? executor : undefined,
  };
}

/** `once(emitter, 'ready')` of `node:events`: the promise waits for the event. */
function onceOf(call: CallExpression): Registration | undefined {
  const [source, event, ...more] = call.arguments;
  if (!source || !event || !isStringLiteral(event) || more.length > 1) return undefined;
  return { source: unwrap(source), event: event.text, at: call.expression, step: call, listener: call };
}

/** `new Promise(…)` in whose executor a call stands, for a source from outside. */
function executorAround(call: Node, source: Node): Node | undefined {
  const fn = enclosingFunction(call);
  const declared = isIdentifier(source) ? declarationName(source) : undefined;
  if (fn && declared && isWithin(declared, fn)) return undefined;
  const made = fn && wrapped(fn).parent;
  return made && isNewExpression(made) && isIdentifier(made.expression) && made.expression.text === 'Promise'
    ? made
    : undefined;
}

/** Whether a listener settles a promise: `() => deferred.resolve(value)`. */
function resolves(listener: Node): boolean {
  const at = unwrap(listener);
  if (isIdentifier(at)) return /^resolve/.test(at.text);
  if (!isFunctionNode(at)) return false;
  let found = false;
  const look = (node: Node): void => {
    found ||= isCallExpression(node) && /^(?:resolve\w*|complete|settle)$/.test(lastName(node) ?? '');
    if (!found) node.forEachChild(look);
  };
  look(at);
  return found;
}

/** The action in the statement before, where a call waits for what it brings about. */
export function waitingFor(call: CallExpression, known: RegistrationKnowledge): AwaitExpression | undefined {
  const awaited = wrapped(call).parent;
  if (!isAwaitExpression(awaited)) return undefined;
  let at: Node = wrapped(awaited);
  while (at.parent && !isExpressionStatement(at) && !isVariableStatement(at)) {
    if (isFunctionNode(at)) return undefined;
    at = at.parent;
  }
  const { statements } = (at.parent ?? {}) as { readonly statements?: readonly Node[] };
  const before = statements?.[statements.indexOf(at) - 1];
  if (!before || !isExpressionStatement(before) || !isAwaitExpression(before.expression)) return undefined;
  const action = unwrap(before.expression.expression);
  return isCallExpression(action) && known.isAction(lastName(action) ?? '') ? before.expression : undefined;
}
