/** Why the rounds of a loop have to wait one by one, as it completes "Silent, because …". */
import { blocksOnPurpose } from '../../../facts/blocking/blocking-places.ts';
import { allBodies } from '../../../facts/implementations.ts';
import type { PlaceUse } from '../../../facts/overlap/effects.ts';
import { namesAround, rootOf } from '../../../facts/overlap/places.ts';
import { saysOneByOne } from '../../../facts/overlap/said-order.ts';
import { shortName } from '../../../facts/promises/dropped-name.ts';
import { returnedExpressions } from '../../../facts/promises/outcome.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isAsyncFunction,
  isBlock,
  isCallExpression,
  isFunctionNode,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isTryStatement,
  isWithin,
  lastName,
  type Node,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { chainOf, suspends } from '../../../typescript/promise-syntax.ts';
import { referencesTo } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';
import { isFolder, isOfOneRound, literalOf } from './lists.ts';
import { isUsed, isVariable, type WaitingLoop } from './loop.ts';
import { type Collector, rootsOf } from './state.ts';

type Tools = Pick<RuleContext, 'facts' | 'knowledge' | 'types'>;

/** Lists of which somebody wrote down so few elements gain little. */
const fewElements = 5;

/** What a look at the loop shows, before anybody is asked. */
export function syntacticReason(
  { loop, list, awaits, others }: WaitingLoop,
  { facts, knowledge }: Tools,
): string | undefined {
  const known = knowledge.effects;
  const [first] = isBlock(loop.statement) ? loop.statement.statements : [];
  if ([loop, first].some((node) => node && saysOneByOne(node))) return 'a comment says that the order is meant';
  if (awaits.every((wait) => isOfOneRound(wait, loop))) return 'a comparison lets one round wait';
  // What has been started already does not wait for the loop.
  if (awaits.some(({ expression }) => callsIn(expression).length === 0 || isOfStarted(expression)))
    return 'it waits for what has been started before';
  if (!awaits.some(isUsed)) return 'what it waits for gives nothing, so it is there for its effect';
  const literal = literalOf(list);
  if (literal && literal.elements.length <= fewElements) return 'it goes over a few elements only';
  // Any number of open files at once is worse than one by one.
  if (isFolder(list, known.listsFiles)) return 'a folder may hold any number of files';
  if (awaits.some(({ expression }) => isGivenFunction(expression) || isHandler(expression, known.isOrdered)))
    return 'a function that the caller hands over may need the order';
  const calls = [...others, ...awaits.flatMap(({ expression }) => callsIn(expression))];
  for (const call of calls) {
    const name = lastName(call) ?? '';
    if (known.waits(name)) return `\`${name}\` waits on purpose`;
  }
  if (/\.(?:throwIfAborted\(|aborted\b|isCancellationRequested\b)/.test(loop.statement.getText()))
    return 'it can be stopped between the rounds';
  for (const call of others) {
    const callee = unwrap(call.expression);
    const receiver = isPropertyAccessExpression(callee) ? (lastName(callee.expression) ?? '') : '';
    const name = lastName(call) ?? '';
    const isKept = known.changeOf(name) !== undefined || known.isHarmlessMethod(name);
    if (!isKept && (known.isOutput(name) || known.isOutput(receiver)))
      return `\`${name}\` puts something out in the order of the rounds`;
  }
  for (const { expression } of awaits) {
    const single = facts.independence.singlesIn(expression).find((name) => !isOwn(name, expression, loop));
    if (single !== undefined) return `\`${single}\` does one thing after another`;
    const page = pageIn(expression, known.isPage);
    if (page !== undefined) return `\`${page}\` asks for one part of a list after another`;
  }
  return undefined;
}

/** `this.config.statsHandler(x)`: a function of somebody else, by its name. */
function isHandler(operand: Node, isOrdered: (name: string) => boolean): boolean {
  const call = unwrap(operand);
  const callee = isCallExpression(call) ? unwrap(call.expression) : undefined;
  const base = callee && isPropertyAccessExpression(callee) ? (lastName(callee.expression) ?? '') : '';
  return /^(?:config|options|opts|props|settings|params)$/.test(base) && isOrdered(lastName(callee as Node) ?? '');
}

/** `Promise.all(promises)`: those run already, wherever they come from. */
function isOfStarted(operand: Node): boolean {
  const call = unwrap(operand);
  if (!isCallExpression(call) || !/^Promise\s*\.\s*(?:all|allSettled|any|race)$/.test(call.expression.getText()))
    return false;
  const [list] = call.arguments;
  const given = list && isIdentifier(unwrap(list)) ? declarationName(unwrap(list) as Identifier)?.parent : undefined;
  const made = isVariable(given) && given.initializer ? unwrap(given.initializer) : list && unwrap(list);
  return made !== undefined && /^[\w.$]+$|\.values\(\)\)?\]?$/.test(made.getText());
}

/** What the functions show that a round calls. */
export async function dependenceOf(
  { loop, list, awaits, others }: WaitingLoop,
  collectors: readonly Collector[],
  { cheap, doubt: allowed }: { readonly cheap: boolean; readonly doubt: boolean },
  { facts, knowledge, types }: Tools,
): Promise<string | undefined> {
  const { independence } = facts;
  const operands = awaits.map(({ expression }) => expression);
  const [whole, rest, awaited, lengths, origins] = await Promise.all([
    independence.effectOf(loop.statement),
    Promise.all(others.map((call) => independence.effectOf(call))),
    Promise.all(operands.map((operand) => independence.effectOf(operand))),
    Promise.all(operands.map((operand) => facts.likelyLength(operand))),
    Promise.all(
      operands.map((operand) =>
        types.origins(isCallExpression(unwrap(operand)) ? (unwrap(operand) as CallExpression).expression : operand),
      ),
    ),
  ]);
  if (lengths.every((length) => length === 'microtask')) return 'it waits for nothing but its turn';
  if (lengths.includes('sleep')) return 'it waits for time to pass';
  if (origins.some((found) => knowledge.effects.isSingleOrigin(found)))
    return 'it speaks to something that does one thing after another';
  const partial = collectors.find(({ declared }) => isReadAfterFailure(declared, loop));
  if (partial) return `\`${partial.declared.text}\` tells, after a failure, how far it came`;
  const own = rootsOf(collectors);
  const written = whole.uses.find(
    (use) => isNoticed(use) && !own.has(use.of) && !(use.declared && isWithin(use.declared, loop)),
  );
  if (written) return `every round writes \`${written.member || written.declared?.text || written.of}\``;
  const change = [...rest, ...awaited].find(({ level }) => level === 'changes');
  if (change) return `\`${shortName(change.because ?? loop)}\` changes something outside the program`;
  const unknown = rest.find(({ level }) => level === 'unknown');
  if (unknown) return `nobody can tell what \`${shortName(unknown.because ?? loop)}\` does`;
  const doubt = awaited.find(({ level }) => level === 'unknown');
  if (doubt) {
    // Without types nobody can tell whether it waits at all.
    const extents = await Promise.all(operands.map(async (operand) => (await types.thenability(operand)).extent));
    if (extents.includes('unknown')) return `nobody can tell what \`${shortName(doubt.because ?? loop)}\` does`;
    if (!allowed || !collectors.some(({ kind }) => kind !== 'count'))
      return `nobody can tell what \`${shortName(doubt.because ?? loop)}\` does`;
    const ordered = [list, ...operands].map((node) => orderedName(node, knowledge)).find((name) => name !== undefined);
    if (ordered !== undefined) return `\`${ordered}\` says that their order is meant`;
    const shared = sharedObject(operands, others, loop);
    if (shared !== undefined) return `\`${shared}\` is handed over, and used beside that`;
  }
  const isCheap =
    awaited.some(({ onlyFiles }) => onlyFiles) &&
    awaited.every(({ level, onlyFiles }) => level === 'plain' || onlyFiles);
  if (!cheap && (isCheap || operands.every((operand) => knowledge.effects.isAtHand(calledName(operand)))))
    return 'its rounds cost little';
  if (
    operands.every((operand, index) => knowledge.effects.computes(calledName(operand)) && !awaited[index]?.reachesOut)
  )
    return 'by its name it computes, and nothing shows that it asks anybody';
  if (await isReadyAtOnce(operands, types)) return 'it waits for nothing but its turn';
  return undefined;
}

function calledName(operand: Node): string {
  const call = unwrap(operand);
  return isCallExpression(call) ? (lastName(call) ?? '') : '';
}

/** A key may be written by any round in what is kept for good; what was made for this run is looked at by its rounds. */
function isNoticed({ access, declared }: PlaceUse): boolean {
  return (
    access === 'write' || (access === 'keyed' && declared !== undefined && enclosingFunction(declared) !== undefined)
  );
}

/** Whether a `catch` around the loop looks at what the rounds have done until one of them failed. */
function isReadAfterFailure(declared: Identifier, loop: Node): boolean {
  for (let at = loop; at.parent && !isFunctionNode(at); at = at.parent) {
    const { parent } = at;
    if (!isTryStatement(parent) || parent.tryBlock !== at || !parent.catchClause) continue;
    const { catchClause } = parent;
    if (referencesTo(declared).some((use) => isWithin(use, catchClause))) return true;
  }
  return false;
}

/** Whether all that the awaited calls may enter is code of the project that never waits. */
async function isReadyAtOnce(operands: readonly Node[], types: Tools['types']): Promise<boolean> {
  const bodies = await Promise.all(
    operands.map((operand) => {
      const call = unwrap(operand);
      const { start, links } = chainOf(call);
      const called = links.every(({ method }) => method === 'catch') ? start : call;
      return isCallExpression(called) ? allBodies(called.expression, types) : undefined;
    }),
  );
  return bodies.every((found) => {
    // What stands in for it in tests is ready at once by design.
    const own = found?.filter((fn) => !blocksOnPurpose(fn.getSourceFile())) ?? [];
    return own.length > 0 && own.every((fn) => isAsyncFunction(fn) && !suspends(fn) && givesValues(fn));
  });
}

function givesValues(fn: FunctionNode): boolean {
  return returnedExpressions(fn).every((value) => !isCallExpression(unwrap(value)));
}

function orderedName(node: Node, knowledge: Tools['knowledge']): string | undefined {
  let found: string | undefined;
  const visit = (at: Node): void => {
    if (isIdentifier(at) && knowledge.effects.isOrdered(at.text)) found = at.text;
    const { expression } = at as { readonly expression?: Node };
    const { name } = at as { readonly name?: Node };
    if (name) visit(name);
    if (expression) visit(expression);
  };
  visit(node);
  return found;
}

/** `predicate(item)`, where the function around it was given `predicate`. */
function isGivenFunction(operand: Node): boolean {
  const call = unwrap(operand);
  const callee = isCallExpression(call) ? unwrap(call.expression) : undefined;
  const declared = callee && isIdentifier(callee) ? declarationName(callee) : undefined;
  return declared !== undefined && isParameterDeclaration(declared.parent);
}

function isOwn(name: string, expression: Node, loop: Node): boolean {
  const use = namesAround(expression).find(({ text }) => text === name);
  const root = use && rootOf(use, undefined);
  const declared = use && declarationName(use);
  return (
    (declared !== undefined && isWithin(declared, loop)) ||
    (root?.declared !== undefined && isWithin(root.declared, loop))
  );
}

/** An object from outside the loop that an awaited call is given, and whose methods the rest of the round calls. */
function sharedObject(operands: readonly Node[], others: readonly CallExpression[], loop: Node): string | undefined {
  const given = new Set(
    operands
      .flatMap((operand) =>
        namesAround(operand).filter((name) => {
          const declared = declarationName(name);
          return declared !== undefined && !isWithin(declared, loop);
        }),
      )
      .map(({ text }) => text),
  );
  for (const call of others) {
    const callee = unwrap(call.expression);
    if (!isPropertyAccessExpression(callee)) continue;
    const receiver = unwrap(callee.expression);
    if (isIdentifier(receiver) && given.has(receiver.text)) return receiver.text;
  }
  return undefined;
}

function callsIn(expression: Node): readonly CallExpression[] {
  const found: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (isCallExpression(node)) found.push(node);
    node.forEachChild(visit);
  };
  visit(expression);
  return found;
}

function pageIn(expression: Node, isPage: (name: string) => boolean): string | undefined {
  let found: string | undefined;
  const visit = (node: Node): void => {
    const isProperty = isPropertyAssignment(node) || isShorthandPropertyAssignment(node);
    if (isProperty && isIdentifier(node.name) && isPage(node.name.text)) found = node.name.text;
    node.forEachChild(visit);
  };
  visit(expression);
  return found;
}
