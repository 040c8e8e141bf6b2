import type { Knowledge } from '../../knowledge/knowledge.ts';
import {
  type AwaitExpression,
  type CallExpression,
  isAsyncFunction,
  isAwaitExpression,
  isCallExpression,
  isFunctionNode,
  isGenerator,
  isPropertyAccessExpression,
  lastName,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import type { FileView } from '../../typescript/file-view.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';
import { allOf } from '../../typescript/soon.ts';
import type { TypeView } from '../../typescript/type-view.ts';
import type { Facts } from '../facts.ts';
import { handlingOf, takesErrors } from './dropped-handlers.ts';
import { shortName } from './dropped-name.ts';
import { isExempt, needsOwner } from './dropped-owners.ts';
import { type Part, partsOf } from './dropped-parts.ts';
import { mayKeepPromises } from './may-drop.ts';
import { isTestOfMaybe } from './maybe-promise.ts';
import { isPromiseAssertion } from './promise-assertion.ts';
import { leftOpenByVoid, type Voided } from './voided.ts';

/**
 * A promise whose value an expression throws away, and how.
 * `promise`: as it is. `deafHandler`: given a rejection handler that is no function. `rethrown`: `void p.finally(…)`.
 * `list`: an array or tuple of promises. `awaitedList`: such a list given to `await`. `generator`: an async generator
 * that nobody iterates. `assertion`: a test's assertion that is only made later. `task` and `halfPassed`: what `void`
 * does not settle.
 */
export interface Dropped {
  readonly kind: 'promise' | 'deafHandler' | 'rethrown' | 'list' | 'awaitedList' | 'generator' | 'assertion' | Voided;
  readonly node: Node;
  /** Whether its value decides a `&&`, `||` or `??`, so that `void` would change what runs. */
  readonly isTested: boolean;
}

export interface DroppedOptions {
  readonly allowVoid: boolean;
  readonly checkThenables: boolean;
  readonly safePromises: readonly string[];
  readonly safeCalls: readonly string[];
  /** Whether a task on the spot is left alone behind `void`, and whether anything behind `void` is looked at. */
  readonly voidedTasks?: 'allow' | 'report';
}

export interface DroppedTools {
  readonly file: FileView;
  readonly types: Oracle;
  readonly facts: Facts;
  readonly knowledge: Knowledge;
  readonly options: DroppedOptions;
  /** Told why something that looks dropped is not among what is found. */
  readonly silent?: (where: Node, reason: () => string) => void;
}

/** The promises that evaluating an expression for nothing drops, in order. */
export async function droppedIn(expression: Node, tools: DroppedTools): Promise<readonly Dropped[]> {
  const judged = await Promise.all(partsOf(expression, tools.options.allowVoid).map((part) => judge(part, tools)));
  return judged.filter((found): found is Dropped => found !== undefined);
}

async function judge(
  { node, isTested, isVoided, isCondition }: Part,
  tools: DroppedTools,
): Promise<Dropped | undefined> {
  // `void` takes a promise as it is, but `finally` makes a second one that rejects again.
  if (isVoided && !isFinally(node)) {
    const open = tools.options.voidedTasks === undefined ? undefined : leftOpenByVoid(node);
    const isOpen = open === 'halfPassed' || (open === 'task' && tools.options.voidedTasks === 'report');
    if (open && isOpen && (await kindOfDrop(node, tools)) === 'promise' && (await tools.facts.plainlyMayReject(node)))
      return { kind: open, node, isTested };
    return silent(tools, node, (name) => `\`void\` says that dropping ${name} is meant`);
  }
  const kind = await kindOfDrop(node, tools);
  if (!kind) return undefined;
  if (isCondition && kind === 'promise' && (await isTakenForValue(node, tools)))
    return silent(tools, node, (name) => `${name} is a condition here, of which promise-as-value speaks`);
  if (
    isCallExpression(node) &&
    (kind === 'promise' || kind === 'list') &&
    tools.knowledge.promises.handsOut(await tools.types.origins(node.expression))
  )
    return silent(tools, node, (name) => `${name} gives back what was kept there: who put it there owns it`);
  return { kind: isVoided && kind === 'promise' ? 'rethrown' : kind, node, isTested };
}

function silent(tools: DroppedTools, node: Node, reason: (name: string) => string): undefined {
  tools.silent?.(node, () => reason(`\`${shortName(node)}\``));
}

/** `save() && …` is the mistake that `promise-as-value` speaks of: the promise stands where its value was meant. */
async function isTakenForValue(node: Node, { types }: DroppedTools): Promise<boolean> {
  const { extent, nullish } = await types.thenability(node);
  if (extent === 'some') return isTestOfMaybe(await types.typeOf(node), types);
  return !nullish;
}

async function kindOfDrop(node: Node, tools: DroppedTools): Promise<Dropped['kind'] | undefined> {
  // What `await` gives is never a promise, whatever a type guard has made of its type.
  if (isAwaitExpression(node)) return (await givesList(node, tools)) ? 'awaitedList' : undefined;
  const answer = await tools.types.thenability(node);
  if (answer.extent === 'all' || answer.extent === 'some') {
    await tools.types.consultCallee(node);
    if (!(await needsOwner(answer.thenables, tools)) || (await isFinallyOfSafe(node, tools)))
      return silent(tools, node, (name) => `${name} has a type that needs nobody to handle it`);
    return kindOfPromise(node, tools);
  }
  if (answer.extent === 'unknown') return isCallExpression(node) ? kindOfUnknownCall(node, tools) : undefined;
  const declared = await tools.types.declaredTypes(node);
  if (!declared || (await allOf(declared.map(mayKeepPromises))).includes(true)) {
    const type = await tools.types.typeOf(node);
    if (await holdsPromises(type, tools)) return 'list';
    if (isCallExpression(node) && (await isIdleGenerator(node, type, tools))) return 'generator';
  }
  // In JavaScript, a type may come from a comment that the code does not follow.
  return tools.file.isJavaScript && isCallExpression(node) ? kindByDefinition(node, tools) : undefined;
}

/** `finally` passes on what it is called on, and so whether that needs an owner. */
async function isFinallyOfSafe(node: Node, tools: DroppedTools): Promise<boolean> {
  const link = isCallExpression(node) ? chainCall(node) : undefined;
  if (link?.method !== 'finally') return false;
  const { extent, thenables } = await tools.types.thenability(link.receiver);
  return extent === 'all' && !(await needsOwner(thenables, tools));
}

/** Whether what is awaited comes to a list of promises, which nobody waits for then. */
async function givesList({ expression }: AwaitExpression, tools: DroppedTools): Promise<boolean> {
  const { extent, thenables } = await tools.types.thenability(expression);
  if (extent === 'unknown') return false;
  if (extent === 'none') return holdsPromises(await tools.types.typeOf(expression), tools);
  const values = (await Promise.all(thenables.map((thenable) => thenable.typeArguments()))).flat();
  return (await Promise.all(values.map((value) => holdsPromises(value, tools)))).includes(true);
}

async function kindOfPromise(node: Node, tools: DroppedTools): Promise<Dropped['kind'] | undefined> {
  const handling = isCallExpression(node) ? await handlingOf(node, tools.types) : 'none';
  if (handling === 'handled') return silent(tools, node, isHandled);
  if (handling === 'deaf') return 'deafHandler';
  if (isCallExpression(node)) {
    if (await isExempt(node, tools)) return silent(tools, node, looksAfterItself);
    if (isPromiseAssertion(node)) return 'assertion';
    if (await tellsCallback(node, tools))
      return silent(tools, node, (name) => `the callback that ${name} is given hears of its failure`);
  }
  return 'promise';
}

/** A function of a package with a callback for errors; the project's own are followed, and `node:fs/promises` takes none. */
async function tellsCallback(call: CallExpression, { types, knowledge }: DroppedTools): Promise<boolean> {
  const index = call.arguments.length - 1;
  const callback = call.arguments[index] && unwrap(call.arguments[index] as Node);
  if (!callback || !isFunctionNode(callback) || (await types.functionsOf(call.expression)).length > 0) return false;
  if (!takesErrors(callback)) {
    const wanted = await Promise.all((await types.parameterTypes(call, index)).map((type) => type.text()));
    if (!wanted.some((text) => /\bCallback\b|\(_?err(?:or)?\b/.test(text))) return false;
  }
  return !knowledge.promises.givesPromise(await types.origins(call.expression));
}

async function holdsPromises(type: TypeView, tools: DroppedTools): Promise<boolean> {
  const parts = await ((await type.constrained()) ?? type).unionMembers();
  const members = await Promise.all(parts.map(async (part) => (await part.constrained()) ?? part));
  const elements = (await Promise.all(members.map((member) => member.elements()))).flatMap((list) => list ?? []);
  const answers = await Promise.all(
    elements.map(async (element) => needsOwner((await element.thenability()).thenables, tools)),
  );
  return answers.some(Boolean);
}

async function isIdleGenerator(call: CallExpression, type: TypeView, { types }: DroppedTools): Promise<boolean> {
  const declared = await type.classDeclaredIn();
  if (declared?.name !== 'AsyncGenerator' || declared.from !== 'lib') return false;
  // A function that only hands a generator on may have started it, and so may one of which only the type is known.
  const functions = await types.functionsOf(call.expression);
  if (functions.length === 0 && isPropertyAccessExpression(unwrap(call.expression))) return false;
  return functions.every((fn) => isGenerator(fn) && isAsyncFunction(fn));
}

/** Types say nothing: the definition in the project decides, then what is known about the module. */
async function kindOfUnknownCall(call: CallExpression, tools: DroppedTools): Promise<Dropped['kind'] | undefined> {
  const handling = await handlingOf(call, tools.types);
  if (handling === 'handled') return silent(tools, call, isHandled);
  const callee = unwrap(call.expression);
  if (isPropertyAccessExpression(callee) && ['then', 'catch', 'finally'].includes(callee.name.text)) {
    if (!(await isChained(callee.name.text, unwrap(callee.expression), tools)))
      return silent(tools, callee.expression, (name) => `it is not known whether ${name} is a promise`);
    return handling === 'deaf' ? 'deafHandler' : 'promise';
  }
  const collected = collectedFrom(call);
  if (collected) return collected;
  if (await isExempt(call, tools)) return silent(tools, call, looksAfterItself);
  if (isPromiseAssertion(call)) return 'assertion';
  const outcome = await tools.facts.outcomeOf(call);
  if (outcome !== 'unknown' && outcome !== 'other') return outcome === 'promise' ? 'promise' : 'generator';
  if (tools.knowledge.promises.givesPromise(await tools.types.origins(callee))) return 'promise';
  return silent(tools, call, (name) =>
    outcome === 'other'
      ? `${name} gives no promise, by its definition`
      : `nobody knows whether ${name} gives a promise: its type says nothing, and its code is not in the project`,
  );
}

const isHandled = (name: string): string => `${name} has a handler for its rejection`;
const looksAfterItself = (name: string): string => `${name} is known to look after itself`;

/** What an async callback makes of a method of lists, whatever the list is: `reduce` gives a promise, `map` a list of them. */
function collectedFrom(call: CallExpression): 'promise' | 'list' | undefined {
  const callee = unwrap(call.expression);
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  if (!isPropertyAccessExpression(callee) || !callback || !isFunctionNode(callback)) return undefined;
  if (!isAsyncFunction(callback) || isGenerator(callback)) return undefined;
  if (callee.name.text === 'map') return 'list';
  return /^reduce(?:Right)?$/.test(callee.name.text) ? 'promise' : undefined;
}

/** Whether a method of promises is called on something that is one: `finally` is a method of nothing else. */
async function isChained(method: string, receiver: Node, tools: DroppedTools): Promise<boolean> {
  if (method === 'finally') return true;
  const { extent, thenables } = await tools.types.thenability(receiver);
  if (!isCallExpression(receiver)) return needsOwner(thenables, tools);
  if (extent === 'unknown') return (await kindOfUnknownCall(receiver, tools)) !== undefined;
  if (extent === 'none') return tools.file.isJavaScript && (await kindByDefinition(receiver, tools)) === 'promise';
  return needsOwner(thenables, tools);
}

async function kindByDefinition(call: CallExpression, tools: DroppedTools): Promise<Dropped['kind'] | undefined> {
  const outcome = await tools.facts.outcomeOf(call);
  if (outcome === 'asyncGenerator') return 'generator';
  return outcome === 'promise' ? 'promise' : undefined;
}

function isFinally(node: Node): boolean {
  return isCallExpression(node) && lastName(node.expression) === 'finally';
}
