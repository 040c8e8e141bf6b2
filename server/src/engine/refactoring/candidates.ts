import { Facts } from '../../facts/facts.ts';
import { functionName } from '../../facts/uses.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Span } from '../../model/span.ts';
import {
  type CallExpression,
  enclosingFunction,
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isPropertyAccessExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
  spanOf,
  wrapped,
} from '../../typescript/ast.ts';
import { Oracle } from '../../typescript/oracle.ts';
import type { Program } from '../../typescript/program.ts';
import { namesIn } from '../../typescript/references.ts';
import { nodesOfKinds } from '../../typescript/tree-walk.ts';
import { canTakeSignal } from './signal-parameter.ts';

/** An async function with a name, of a program. */
export interface Candidate {
  readonly file: string;
  readonly fn: FunctionNode & { readonly body: Node };
  readonly name: Node & { readonly text: string };
}

/** What a program can be asked about candidates. */
export interface CandidateTools {
  readonly program: Program;
  readonly types: Oracle;
  readonly facts: Facts;
}

export function candidateTools(program: Program, knowledge: Knowledge): CandidateTools {
  const types = new Oracle(program);
  return { program, types, facts: new Facts(types, knowledge) };
}

/** The innermost async function around an offset, its name included, unless it has a signal already or can take none. */
export async function candidateAt(file: string, offset: number, tools: CandidateTools): Promise<Candidate | undefined> {
  const view = await tools.program.view(file);
  if (!view) return undefined;
  const holds = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const around = functionsIn(view.sourceFile).filter((each) => {
    const name = functionName(each);
    return isAsyncFunction(each) && (holds(spanOf(each)) || (name !== undefined && holds(spanOf(name))));
  });
  return asCandidate(around.at(-1), tools);
}

/** The function whose name begins at an offset. */
export async function functionNamedAt(
  { file, start }: { readonly file: string; readonly start: number },
  { program }: CandidateTools,
): Promise<Candidate | undefined> {
  const view = await program.view(file);
  const fn = view && functionsIn(view.sourceFile).find((each) => functionName(each)?.getStart() === start);
  return fn && withName(fn);
}

/** The places that name a function, in all files of the program, calls of others of its name left out. A search. */
export async function placesOf(
  { file, fn, name }: Candidate,
  { types, facts }: CandidateTools,
): Promise<readonly Node[]> {
  const here = namesIn(name.getSourceFile(), name.text).filter((use) => use !== name);
  const isOwn = await Promise.all(
    here.map(async (use) => {
      const call = callOf(use);
      if (!call) return true;
      const called = await facts.calledFunctions(call);
      return called.some((other) => other.getSourceFile().fileName === file && other.getStart() === fn.getStart());
    }),
  );
  return [...here.filter((_, index) => isOwn[index]), ...(await types.referencesElsewhere(name))];
}

/**
 * The functions between one that is to take a signal and callers that have one: only if they take it too does it get
 * there. Callers that lead to no signal are left out; where too many lie between, all are.
 */
export async function bridgesTo(
  start: Candidate,
  tools: CandidateTools,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const seen = new Set<string>();
  const bridges: Candidate[] = [];
  const reaches = async (candidate: Candidate, depth: number): Promise<boolean> => {
    signal.throwIfAborted();
    let isReached = false;
    for (const place of await placesOf(candidate, tools)) {
      const call = callOf(place);
      if (!call) continue;
      if ((await tools.facts.cancellation.signalsAt(call)).some(({ type }) => type === 'AbortSignal')) {
        isReached = true;
        continue;
      }
      const caller = await asCandidate(asyncAround(call), tools);
      const key = caller && `${caller.file} ${caller.name.getStart()}`;
      if (!caller || key === undefined || seen.has(key) || depth === deepest || seen.size > mostLooked) continue;
      seen.add(key);
      if (!(await reaches(caller, depth + 1))) continue;
      bridges.push(caller);
      isReached = true;
    }
    return isReached;
  };
  seen.add(`${start.file} ${start.name.getStart()}`);
  await reaches(start, 0);
  return bridges.length > mostBridges ? [] : bridges;
}

/** More is a change that nobody reviews in one go. */
const mostBridges = 4;
const deepest = 3;
/** Each caller costs a search through the program. */
const mostLooked = 24;

/** A node that sees what the function sees. */
function firstInside(body: Node): Node {
  let first: Node | undefined;
  body.forEachChild((child) => {
    first ??= child;
    return undefined;
  });
  return first ?? body;
}

async function asCandidate(fn: FunctionNode | undefined, { facts }: CandidateTools): Promise<Candidate | undefined> {
  const candidate = fn && canTakeSignal(fn) ? withName(fn) : undefined;
  if (!candidate || candidate.fn.getSourceFile().isDeclarationFile) return undefined;
  const signals = await facts.cancellation.signalsAt(firstInside(candidate.fn.body));
  return signals.some(({ type, from }) => type === 'AbortSignal' && from !== 'own') ? undefined : candidate;
}

function withName(fn: FunctionNode): Candidate | undefined {
  const name = functionName(fn);
  const { body } = fn;
  return name && body && { file: fn.getSourceFile().fileName, fn: fn as Candidate['fn'], name };
}

function asyncAround(node: Node): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn && !isAsyncFunction(fn)) fn = enclosingFunction(fn);
  return fn;
}

/** The call whose callee ends with a name. */
function callOf(name: Node): CallExpression | undefined {
  const { parent } = name;
  const callee = isPropertyAccessExpression(parent) && parent.name === name ? parent : name;
  const call = wrapped(callee).parent;
  return isCallExpression(call) && call.expression === wrapped(callee) ? call : undefined;
}

const functionKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.MethodDeclaration,
]);

/** Outer ones before those inside of them. */
function functionsIn(file: SourceFile): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const next = nodesOfKinds(file, functionKinds);
  for (let node = next(); node; node = next()) if (isFunctionNode(node)) found.push(node);
  return found;
}
