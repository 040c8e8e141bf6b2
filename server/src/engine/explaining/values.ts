import type { Facts } from '../../facts/facts.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import { outcomeOfCall } from '../../facts/promises/outcome.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { ExplainedValue, Fact } from '../../model/explanation.ts';
import {
  type CallExpression,
  type FunctionNode,
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  isFunctionNode,
  isNewExpression,
  type NewExpression,
  type Node,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle, TypeView } from '../../typescript/oracle.ts';
import { chainCall } from '../../typescript/promise-syntax.ts';
import type { BlockingOnLine } from './blocking.ts';
import { definitionOf, type IsInstalled, missingPackage } from './definition.ts';
import type { LineValues } from './line.ts';
import { functionTitle, ownerOf } from './owner.ts';
import { placeOfNode } from './places.ts';
import { handlerOf, rejectionOf, rejectionOfFunction, suspensionOf } from './rejection.ts';

export interface Tools {
  readonly types: Oracle;
  readonly facts: Facts;
  readonly blocking: BlockingOnLine;
  readonly isInstalled: IsInstalled;
}

export interface ExplainedLine {
  readonly values: readonly ExplainedValue[];
  readonly plainCalls: readonly string[];
  /** Whether the line holds more than is told. */
  readonly isCut: boolean;
}

/** A long line is better asked about by column. */
const mostValues = 8;

/** Everything on the line that is a promise, gives one, or blocks; the other calls by name only. */
export async function explainValues(found: LineValues, tools: Tools): Promise<ExplainedLine> {
  const [calls, names, functions] = await Promise.all([
    Promise.all(found.calls.map((call) => explainValue(call, tools))),
    Promise.all(found.names.map((name) => explainName(name, tools))),
    Promise.all(found.functions.map((fn) => explainFunction(fn as FunctionNode, tools))),
  ]);
  const isTold = (value: ExplainedValue): boolean =>
    value.is !== 'plain' || value.facts.some(({ about }) => about === 'blocks');
  const values = [...calls.filter(isTold), ...names.filter((name) => name !== undefined), ...functions];
  return {
    values: values.slice(0, mostValues),
    isCut: found.isCut || values.length > mostValues,
    plainCalls: [...new Set(calls.filter((value) => !isTold(value)).map(({ name }) => name))],
  };
}

/** Whether any of the values of a line is a promise, by its type or by its definition. */
export async function isAsync({ calls, names }: LineValues, types: Oracle, knowledge: Knowledge): Promise<boolean> {
  const answers = await Promise.all(
    [...calls, ...names].map(async (node) => {
      const { extent } = await types.thenability(node);
      if (extent === 'all' || extent === 'some') return true;
      const isCall = extent === 'unknown' && isCallExpression(node);
      return isCall && (await outcomeOfCall(node, types, knowledge.promises)) === 'promise';
    }),
  );
  return answers.includes(true);
}

async function explainValue(node: Node, tools: Tools): Promise<ExplainedValue> {
  const { types } = tools;
  const type = await types.typeOf(node);
  const { is, facts } = await natureOf(node, type, tools);
  const place = placeOfNode(node);
  const written = is === 'unknown' ? undefined : await typeText(type);
  const about = {
    place,
    name: shortName(node),
    ...(written !== undefined && { type: written }),
  };
  const call = isCallExpression(node) || isNewExpression(node) ? (node as CallExpression) : undefined;
  const blocks = call ? await tools.blocking.of(call) : [];
  if (is === 'plain' && blocks.length === 0) return { ...about, is, facts };
  // What `then` and the like are is known to everybody; their chain is told by its start.
  const [defined, promised] = await Promise.all([
    call && !chainCall(call) ? definitionOf(call, tools) : [],
    is === 'plain' || is === 'unknown' ? [] : promiseFacts(node, tools),
  ]);
  return { ...about, is, facts: [...facts, ...defined, ...promised, ...blocks] };
}

async function promiseFacts(node: Node, tools: Tools): Promise<readonly Fact[]> {
  const { types, facts } = tools;
  const [owner, rejects] = await Promise.all([ownerOf(node, types, facts), rejectionOf(node, facts)]);
  const called = isCallExpression(node) && !chainCall(node) ? await facts.calledFunctions(node) : [];
  const settles = isNewExpression(node) ? await settlingFacts(node, facts) : [];
  return [
    owner,
    ...settles,
    rejects,
    ...(rejects.text.startsWith('never') ? [] : handlerOf(node)),
    ...suspensionOf(called, facts),
  ];
}

/** Whether the function given to `new Promise` settles it. */
async function settlingFacts(creation: NewExpression, facts: Facts): Promise<readonly Fact[]> {
  const executor = creation.arguments?.[0] && unwrap(creation.arguments[0]);
  if (!executor || !isFunctionNode(executor)) return [];
  const settling = await facts.settling(executor);
  const about = 'settles';
  if (settling.settles !== 'sometimes') return [{ about, text: settlings[settling.settles], places: [] }];
  const places = settling.leaving.map(placeOfNode);
  return [
    { about, text: `not on every path: ${places.length > 0 ? 'here it leaves' : 'its end leaves'} it open`, places },
  ];
}

const settlings = {
  always: 'on every path through its executor',
  later: 'later: by a callback, or by what its executor hands on',
  never: 'never: nothing gets what settles it',
} as const;

/** Whether a value is a promise, and where types do not tell, why not. */
async function natureOf(
  node: Node,
  type: TypeView,
  { types, facts, isInstalled }: Tools,
): Promise<{ readonly is: ExplainedValue['is']; readonly facts: readonly Fact[] }> {
  const { extent } = await type.thenability();
  if (extent === 'all') return { is: 'promise', facts: [] };
  if (extent === 'some') return { is: 'maybe', facts: [] };
  const start = unwrap(node);
  const outcome = isCallExpression(start) ? await facts.outcomeOf(start) : 'unknown';
  if (extent === 'none' && outcome !== 'promise') return { is: 'plain', facts: [] };
  const missing = await missingPackage(node, types, isInstalled);
  const why =
    missing ?? (type.isAny ? 'its type is `any`' : type.isOpen ? 'its type is a parameter' : 'its type is `unknown`');
  if (outcome === 'promise') {
    const text =
      extent === 'none'
        ? 'its definition gives a promise, whatever its type says'
        : `a promise by its definition; ${why}`;
    return { is: 'promise', facts: [{ about: 'type', text, places: [] }] };
  }
  return { is: 'unknown', facts: [{ about: 'type', text: `not known: ${why}`, places: [] }] };
}

/** A variable or a member that holds a promise; undefined for the many that do not. */
async function explainName(node: Node, tools: Tools): Promise<ExplainedValue | undefined> {
  const type = await tools.types.typeOf(node);
  const { extent } = await type.thenability();
  if (extent === 'none' || extent === 'unknown') return undefined;
  const written = await typeText(type);
  return {
    place: placeOfNode(node),
    name: shortName(node),
    is: extent === 'all' ? 'promise' : 'maybe',
    type: written,
    facts: await promiseFacts(node, tools),
  };
}

/** An async function that is written on the line: who gets the promise of each call. */
async function explainFunction(fn: FunctionNode, { types, facts }: Tools): Promise<ExplainedValue> {
  const owner = await ownerOf(fn, types, facts);
  const isGiven = isArrowFunction(fn) || isFunctionExpression(fn);
  return {
    place: placeOfNode(fn),
    name: functionTitle(fn),
    is: 'function',
    facts: [...(isGiven ? [owner] : []), await rejectionOfFunction(fn, types, facts), ...suspensionOf([fn], facts)],
  };
}

const longestType = 80;

async function typeText(type: TypeView): Promise<string> {
  const text = (await type.text()).replaceAll(/\s+/g, ' ');
  return text.length > longestType ? `${text.slice(0, longestType - 1)}…` : text;
}
