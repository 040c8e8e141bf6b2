/** Asks one fact about one node, and writes the answer as the cases have it. */
import { Facts, type Rejection } from '../../server/src/facts/facts.ts';
import { knowledgeOf } from '../../server/src/knowledge/knowledge.ts';
import {
  type CallExpression,
  type CatchClause,
  type FunctionNode,
  isCallExpression,
  isCatchClause,
  isExpressionStatement,
  isFunctionNode,
  isNewExpression,
  type Node,
  type SourceFile,
  unwrap,
} from '../../server/src/typescript/ast.ts';
import { Oracle } from '../../server/src/typescript/oracle.ts';
import type { Program } from '../../server/src/typescript/program.ts';
import type { Question } from './case.ts';

interface Asking {
  readonly types: Oracle;
  readonly facts: Facts;
  /** Makes a path relative to the case. */
  readonly relative: (path: string) => string;
}

type Fact = (node: Node, asking: Asking) => Promise<string> | string;

const aboutExpressions: Readonly<Record<string, Fact>> = {
  mayReject: async (node, asking) => rejection(await asking.facts.mayReject(node), node, asking),
  noneRejects: async (node, { facts }) => String(await facts.noneRejects(node)),
  consumesPromise: (call, { facts }) => facts.consumesPromise(call as CallExpression, 0),
  fateOf: (node, { facts }) => facts.fateOf(node),
  effectOf: async (node, { facts }) => {
    const { level, uses } = await facts.independence.effectOf(node);
    const written = uses.filter(({ access }) => access !== 'read');
    const places = written.map(({ access, member, declared }) => `${access} ${declared?.text ?? 'this'}.${member}`);
    return [level, ...new Set(places)].join(', ');
  },
  acceptsSignal: async (call, { facts }) => {
    const found = await facts.acceptsSignal(call as CallExpression);
    if (found === undefined || found === 'given') return found ?? 'no';
    const place = `argument ${found.index}`;
    return `${found.type} as ${found.as === 'argument' ? place : `${found.name} of ${place}`}`;
  },
  signalsAt: async (node, { facts }) => {
    const found = await facts.cancellation.signalsAt(node);
    return (
      found.map(({ text, isOptional }) => `${text}${isOptional ? ', which may be missing' : ''}`).join('; ') || 'none'
    );
  },
  owns: async (node, { facts }) => resource(await facts.owns(node as CallExpression)),
  /** The files that asking `mayReject` read, and whether it searched the project. */
  consulted: async (node, { facts, types, relative }) => {
    await facts.mayReject(node);
    const files = [...types.consulted].filter((file) => !file.includes('/node_modules/')).map(relative);
    return `${files.sort().join(', ')}${types.restsOnProject ? ', project' : ''}`;
  },
};

const aboutFunctions: Readonly<Record<string, Fact>> = {
  neverFails: async (fn, { facts }) => String(await facts.neverFails(fn as FunctionNode)),
  suspends: (fn, asking) => {
    const first = asking.facts.firstSuspension(fn as FunctionNode);
    return first ? place(first, asking) : 'never';
  },
  /** What becomes of an abort in the first `catch` of a function. */
  abortFate: (fn, { facts }) => {
    let clause: CatchClause | undefined;
    const look = (node: Node): void => {
      if (isCatchClause(node)) clause ??= node;
      node.forEachChild(look);
    };
    look(fn);
    return clause ? facts.cancellation.fateInClause(clause).how : 'no catch';
  },
  settles: async (fn, asking) => {
    const found = await asking.facts.settling(fn as FunctionNode);
    return found.settles === 'sometimes'
      ? `sometimes, not at ${found.leaving.map((node) => place(node, asking)).join(', ') || 'its end'}`
      : found.settles;
  },
  touches: async (fn, asking) => {
    const found = await asking.facts.touches(fn as FunctionNode);
    const texts = found.map(({ of, name, access, calls }) => {
      const way = calls.map((call) => shown(call)).join(' → ');
      return `${access}s ${of} ${name}${way === '' ? '' : ` through ${way}`}`;
    });
    return [...new Set(texts)].join('; ') || 'nothing';
  },
  returnsResource: async (fn, { facts }) => resource(await facts.owns(fn as FunctionNode)),
  blocks: async (fn, asking) => {
    const found = await asking.facts.blocks(fn as FunctionNode);
    return found ? found.map(({ name, at }) => `${name} (${line(at, asking)})`).join(' → ') : 'never';
  },
};

/** @returns the answer; throws where the question names no fact, or nothing stands where it asks */
export async function ask(
  question: Question,
  program: Program,
  sourceFile: SourceFile,
  relative: (path: string) => string,
): Promise<string> {
  const types = new Oracle(program);
  const asking: Asking = { types, facts: new Facts(types, knowledgeOf()), relative };
  const forFunction = aboutFunctions[question.fact];
  const fact = forFunction ?? aboutExpressions[question.fact];
  if (!fact) throw new Error(`There is no fact "${question.fact}".`);
  const node = subjectOf(question, sourceFile, forFunction ? isFunctionNode : isCall);
  return fact(node, asking);
}

function isCall(node: Node): boolean {
  return isCallExpression(node) || isNewExpression(node);
}

/** The outermost node of the line that fits: the whole expression of a statement where nothing else is said. */
function subjectOf(
  { about, subject, line: at }: Question,
  sourceFile: SourceFile,
  fits: (node: Node) => boolean,
): Node {
  let found: Node | undefined;
  const look = (node: Node): void => {
    if (found) return;
    const start = node.getStart();
    const isHere = lineOf(sourceFile, start) === about;
    if (isHere && subject === undefined && isExpressionStatement(node) && fits === isCall)
      found = unwrap(node.expression);
    else if (isHere && (subject === undefined ? fits(node) : isMeant(node, subject, fits))) found = node;
    if (!found) node.forEachChild(look);
  };
  look(sourceFile);
  if (!found) throw new Error(`Nothing stands where line ${at + 1} asks.`);
  return found;
}

function isMeant(node: Node, subject: string, fits: (node: Node) => boolean): boolean {
  const text = node.getText();
  return fits === isFunctionNode ? fits(node) && text.startsWith(subject) : text === subject;
}

function rejection(found: 'never' | Rejection, asked: Node, asking: Asking): string {
  if (found === 'never') return found;
  const way = found.calls.filter((call) => call !== asked).map((call) => shown(call));
  return `${place(found.place, asking)}${way.length > 0 ? ` through ${way.join(' → ')}` : ''}`;
}

function resource(found: Awaited<ReturnType<Facts['owns']>>): string {
  if (!found) return 'nothing';
  return `${found.name}, by ${found.release === 'method' ? found.methods.join('|') || 'calling it' : found.release}`;
}

function place(node: Node, asking: Asking): string {
  return `${line(node, asking)} \`${shown(node)}\``;
}

function line(node: Node, { relative }: Asking): string {
  const file = node.getSourceFile();
  return `${relative(file.fileName)}:${lineOf(file, node.getStart()) + 1}`;
}

function shown(node: Node): string {
  const [first = ''] = node.getText().split('\n');
  return first.length > 60 ? `${first.slice(0, 59)}…` : first;
}

function lineOf({ text }: SourceFile, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}
