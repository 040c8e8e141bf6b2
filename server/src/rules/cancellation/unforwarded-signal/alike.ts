import { isAwaited } from '../../../facts/lifetime/shared-lifetime.ts';
import {
  type CallExpression,
  enclosingFunction,
  type Identifier,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type Node,
  unwrap,
  walkBody,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import type { RuleContext } from '../../define.ts';

/** What all other calls of an object are given, and one is not. */
export interface LeftOut {
  /** `signal`, or the object of options that holds it. */
  readonly carrier: Identifier;
  /** The object: `stream` of `stream.unwrap().close()`. */
  readonly owner: Identifier;
}

/**
 * An awaited call on a local object of which nothing is known, where two others at least are given a signal, or options
 * with one. Where the types are known they say better what takes a signal.
 */
export async function leftOut(call: CallExpression, { types }: RuleContext): Promise<LeftOut | undefined> {
  const fn = enclosingFunction(call);
  const owner = rootOf(call);
  if (!fn?.body || !owner || !isAwaited(call) || call.arguments.some(carrierOf)) return undefined;
  const declared = declarationName(owner);
  const [carrier, another] = carriersGivenTo(owner, fn.body);
  if (!declared || !carrier || !another || !isVariableDeclaration(declared.parent)) return undefined;
  return (await types.typeOf(call.expression)).isUnknown ? { carrier, owner } : undefined;
}

/** What a chain of members and calls begins with. */
function rootOf(call: CallExpression): Identifier | undefined {
  let at: Node = unwrap(call.expression);
  if (!isPropertyAccessExpression(at)) return undefined;
  while (isPropertyAccessExpression(at) || isCallExpression(at)) at = unwrap(at.expression);
  return isIdentifier(at) ? at : undefined;
}

/** The signals, or options with one, that awaited calls of the same object are given last. */
function carriersGivenTo(owner: Identifier, body: Node): readonly Identifier[] {
  const found: Identifier[] = [];
  const declared = declarationName(owner);
  walkBody(body, (node) => {
    if (isFunctionNode(node)) return false;
    const root = isCallExpression(node) && isAwaited(node) ? rootOf(node) : undefined;
    const last = root && isCallExpression(node) ? node.arguments.at(-1) : undefined;
    const isOwners = root && root.text === owner.text && declarationName(root) === declared;
    const carrier = isOwners && last ? carrierOf(last) : undefined;
    if (carrier) found.push(carrier);
    return true;
  });
  return found;
}

/** `signal`, `{ signal }`, or a constant that is one: the name to speak of. */
function carrierOf(argument: Node): Identifier | undefined {
  const at = unwrap(argument);
  if (isObjectLiteralExpression(at)) return signalIn(at);
  if (!isIdentifier(at)) return undefined;
  if (/signal$/i.test(at.text)) return at;
  const declared = declarationName(at)?.parent;
  const made = declared && isVariableDeclaration(declared) ? declared.initializer : undefined;
  const object = made && unwrap(made);
  return object && isObjectLiteralExpression(object) && signalIn(object) ? at : undefined;
}

function signalIn({ properties }: Node & { readonly properties: readonly Node[] }): Identifier | undefined {
  const names = properties.map((member) => (member as { readonly name?: Node }).name);
  return names.find((name): name is Identifier => name !== undefined && isIdentifier(name) && name.text === 'signal');
}
