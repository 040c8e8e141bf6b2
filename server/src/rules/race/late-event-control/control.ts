/** The places of a file that control an event, or ask it for what it forgets. */
import type { EventControlKnowledge } from '../../../knowledge/event-control.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isBindingElement,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isJsxAttribute,
  isJsxExpression,
  isObjectBindingPattern,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  lastName,
  type Node,
  type SourceFile,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { chainCall } from '../../../typescript/promise-syntax.ts';
import { namesIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

export interface EventControl {
  /** The member's name where it stands. */
  readonly name: Node;
  readonly member: string;
  /** The parameter that is the event. */
  readonly event: Identifier;
  /** The function whose parameter it is. */
  readonly owner: FunctionNode;
  /** The function that the place runs in: `owner`, or one inside it. */
  readonly inside: FunctionNode;
  /** The node whose step it is: the call of a method, or the access of a property. */
  readonly step: Node;
}

/** By syntax alone: members of this name of parameters. */
export function controlsIn(file: SourceFile, member: string): readonly EventControl[] {
  return namesIn(file, member).flatMap((name) => controlAt(name, member) ?? []);
}

function controlAt(name: Node, member: string): EventControl | undefined {
  const taken = takenFrom(name);
  if (!taken) return undefined;
  const { base, access } = taken;
  // React's event has the browser's in it.
  const at = isPropertyAccessExpression(base) && base.name.text === 'nativeEvent' ? unwrap(base.expression) : base;
  const event = isIdentifier(at) ? declarationName(at) : undefined;
  if (!event || !isParameterDeclaration(event.parent) || !isFunctionNode(event.parent.parent)) return undefined;
  const inside = enclosingFunction(name);
  const call = wrapped(access).parent;
  const isCalled = isCallExpression(call) && call.expression === wrapped(access);
  if (!inside || isWritten(access)) return undefined;
  return { name, member, event, owner: event.parent.parent, inside, step: isCalled ? call : access };
}

/** `base.name`, and `const { name } = base`. */
function takenFrom(name: Node): { readonly base: Node; readonly access: Node } | undefined {
  const { parent } = name;
  if (isPropertyAccessExpression(parent) && parent.name === name)
    return { base: unwrap(parent.expression), access: parent };
  if (!isBindingElement(parent) || (parent.propertyName ?? parent.name) !== name) return undefined;
  const pattern = parent.parent;
  if (!isObjectBindingPattern(pattern) || !isVariableDeclaration(pattern.parent)) return undefined;
  const { initializer } = pattern.parent;
  return initializer && { base: unwrap(initializer), access: unwrap(initializer) };
}

function isWritten(access: Node): boolean {
  const { left } = wrapped(access).parent as { readonly left?: Node };
  return left === wrapped(access);
}

/** Whether the parameter is an event for which the member counts: by its type, or by its name and place where none tells. */
export async function isEvent({ event, owner, member }: EventControl, ctx: RuleContext): Promise<boolean> {
  const known = ctx.knowledge.eventControl;
  const type = await ctx.types.typeOf(event);
  if (type.isUnknown) return isListener(owner, known) || (known.isEventName(event.text) && member !== 'waitUntil');
  for (const one of await type.unionMembers()) {
    if (known.isEvent(await one.heritage(), member)) return true;
    if (member !== 'waitUntil' && !one.isPrimitive && (await one.property('defaultPrevented'))) return true;
  }
  return false;
}

function isListener(fn: FunctionNode, known: EventControlKnowledge): boolean {
  const { parent } = wrapped(fn);
  if (isJsxExpression(parent)) return isJsxAttribute(parent.parent) && /^on[A-Z]/.test(parent.parent.name.getText());
  return isCallExpression(parent) && known.takesListener(lastName(parent) ?? '');
}

/** The call that runs a function in a later turn: `.then(…)`, `setTimeout(…)`. */
export function callbackOwner(fn: FunctionNode, known: EventControlKnowledge): CallExpression | undefined {
  const at = wrapped(fn);
  const call = at.parent;
  if (!isCallExpression(call) || call.expression === at) return undefined;
  if (chainCall(call)) return startOf(call);
  return known.runsLater(lastName(call) ?? '') ? call : undefined;
}

/** What a chain waits for: `load()` of `load().then(…)`. */
function startOf(call: CallExpression): CallExpression {
  const receiver = chainCall(call)?.receiver;
  const at = receiver && unwrap(receiver);
  return at && isCallExpression(at) ? at : call;
}
