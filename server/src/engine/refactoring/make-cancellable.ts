import { Facts } from '../../facts/facts.ts';
import { functionName } from '../../facts/uses.ts';
import type { Finding, TextEdit } from '../../model/finding.ts';
import { contains, type Span } from '../../model/span.ts';
import {
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isFunctionNode,
  isNewExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
  spanOf,
  walkBody,
} from '../../typescript/ast.ts';
import { Oracle } from '../../typescript/oracle.ts';
import { basename } from '../../typescript/paths.ts';
import type { Program } from '../../typescript/program.ts';
import { namesIn } from '../../typescript/references.ts';
import { nodesOfKinds } from '../../typescript/tree-walk.ts';
import type { AskedFile } from '../asked-file.ts';
import { lintFile, withDefaults } from '../lint-file.ts';
import { afterInsertions, beforeInsertions, editedTexts } from './edits-in-turn.ts';
import { addedSignal, canTakeSignal } from './signal-parameter.ts';

/** The rule that says which calls are to be given a signal, and how. */
const forwarding = 'unforwarded-signal';

/** What an edit is for. */
export type EditPart = 'function' | 'calls' | 'callers';

export interface CancellableEdits {
  readonly name: string;
  readonly edits: readonly (TextEdit & { readonly part: EditPart })[];
}

/** Why there is nothing to do, for people. */
export interface NotCancellable {
  readonly reason: string;
}

/**
 * The name of the async function around an offset, where it takes no signal and calls something that could; a look
 * without a search. Undefined elsewhere.
 */
export async function cancellableAt(about: AskedFile, offset: number): Promise<string | undefined> {
  const found = await functionAt(about.lease.program(about.file), about, offset);
  if (!found) return undefined;
  const { fn, facts, name } = found;
  const calls: Promise<boolean>[] = [];
  walkBody(fn.body as Node, (node) => {
    if (isCallExpression(node) || isNewExpression(node)) {
      calls.push(
        facts.cancellation
          .accepts(node)
          .then((place) => place !== undefined && place !== 'given' && place.type === 'AbortSignal'),
      );
    }
    return true;
  });
  return (await Promise.all(calls)).includes(true) ? name.text : undefined;
}

/**
 * Lets an async function be cancelled: it takes a signal, passes it to every call that can take one, and is given one
 * by callers that have one, in all files of its program. What comes out has been compiled: where the callers would not
 * compile they are left as they are.
 */
export async function makeCancellable(about: AskedFile, offset: number): Promise<CancellableEdits | NotCancellable> {
  const { lease, file, signal } = about;
  const program = lease.program(file);
  const found = await functionAt(program, about, offset);
  if (!found) return { reason: 'There is no async function here that could take a signal.' };
  const { fn, types, name } = found;
  const added = await addedSignal(fn, types);
  const texts = new Map<string, string>();
  const textOf = (path: string): string => texts.get(path) ?? '';
  const load = async (path: string): Promise<void> => {
    const view = texts.has(path) ? undefined : await program.view(path);
    if (view) texts.set(path, view.text);
  };
  await Promise.all([file, ...added.map((edit) => edit.file)].map(load));
  const threaded = await program.tried(editedTexts(added, textOf), async (next) => {
    const start = afterInsertions(
      name.getStart(),
      file,
      added.filter(({ span }) => span.start < name.getStart()),
    );
    return passedOn(next, about, start);
  });
  signal.throwIfAborted();
  const inFile = (edit: TextEdit): TextEdit[] => {
    const { start, end } = edit.span;
    const [from, to] = [beforeInsertions(start, edit.file, added), beforeInsertions(end, edit.file, added)];
    return from === undefined || to === undefined ? [] : [{ ...edit, span: { start: from, end: to } }];
  };
  const own = threaded.own.flatMap(inFile);
  const callers = threaded.callers.flatMap(inFile);
  if (own.length === 0) return { reason: `Nothing that \`${name.text}\` waits for can take a signal.` };
  await Promise.all(callers.map((edit) => load(edit.file)));
  const all = [
    ...added.map((edit) => ({ ...edit, part: 'function' as const })),
    ...own.map((edit) => ({ ...edit, part: 'calls' as const })),
    ...callers.map((edit) => ({ ...edit, part: 'callers' as const })),
  ];
  const others = [...new Set([...threaded.files, ...all.map((edit) => edit.file)])];
  const before = await complaintsOf(program, others);
  let complaint: string | undefined;
  for (const edits of [all, all.filter(({ part }) => part !== 'callers')]) {
    signal.throwIfAborted();
    const after = await program.tried(editedTexts(edits, textOf), (next) => complaintsOf(next, others));
    [complaint] = [...after].find(([each, count]) => count > (before.get(each) ?? 0)) ?? [];
    if (complaint === undefined) return { name: name.text, edits };
  }
  return { reason: `With a signal \`${name.text}\` would not compile: ${complaint}` };
}

interface Found {
  readonly fn: FunctionNode;
  readonly name: Node & { readonly text: string };
  readonly types: Oracle;
  readonly facts: Facts;
}

/** The innermost async function around an offset, its name included, unless it has a signal already. */
async function functionAt(program: Program, about: AskedFile, offset: number): Promise<Found | undefined> {
  const view = await program.view(about.file);
  if (!view) return undefined;
  const holds = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const around = functionsIn(view.sourceFile).filter((each) => {
    const name = functionName(each);
    return isAsyncFunction(each) && (holds(spanOf(each)) || (name !== undefined && holds(spanOf(name))));
  });
  const fn = around.at(-1);
  const name = fn && functionName(fn);
  if (!fn?.body || !name || !canTakeSignal(fn)) return undefined;
  const types = new Oracle(program);
  const facts = new Facts(types, about.knowledge);
  const signals = await facts.cancellation.signalsAt(firstInside(fn.body));
  return signals.some(({ type }) => type === 'AbortSignal') ? undefined : { fn, name, types, facts };
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

/** A node that sees what the function sees. */
function firstInside(body: Node): Node {
  let first: Node | undefined;
  body.forEachChild((child) => {
    first ??= child;
    return undefined;
  });
  return first ?? body;
}

interface Threaded {
  readonly own: readonly TextEdit[];
  readonly callers: readonly TextEdit[];
  /** The files in which the function is named. */
  readonly files: readonly string[];
}

/** What the function that has a signal now passes on, and who passes one to it. */
async function passedOn(program: Program, about: AskedFile, nameStart: number): Promise<Threaded> {
  const { file } = about;
  const view = await program.view(file);
  const fn = view && functionsIn(view.sourceFile).find((each) => functionName(each)?.getStart() === nameStart);
  const name = fn && functionName(fn);
  if (!view || !name || !fn) return { own: [], callers: [], files: [] };
  const types = new Oracle(program);
  const elsewhere = await types.referencesElsewhere(name);
  const here = namesIn(view.sourceFile, name.text).filter((use) => use !== name);
  const places = [...here, ...elsewhere];
  const files = [...new Set(places.map((place) => place.getSourceFile().fileName))];
  const isPlace = (finding: Finding): boolean =>
    places.some((place) => place.getSourceFile().fileName === finding.file && isSame(spanOf(place), finding.span));
  const own = await forwardings(program, about, file, ({ span }) => contains(spanOf(fn), span));
  const isCaller = (finding: Finding): boolean =>
    isPlace(finding) && !(finding.file === file && contains(spanOf(fn), finding.span));
  const callers = await Promise.all(files.map((each) => forwardings(program, about, each, isCaller)));
  return { own, callers: callers.flat(), files };
}

/** The edits by which the calls of a file that could take a signal are given one. */
async function forwardings(
  program: Program,
  { rules, knowledge, host, signal }: AskedFile,
  file: string,
  isMeant: (finding: Finding) => boolean,
): Promise<readonly TextEdit[]> {
  const rule = rules.find(({ id }) => id === forwarding);
  const view = await program.view(file);
  if (!rule || !view || view.sourceFile.isDeclarationFile) return [];
  const run = await lintFile(program, view, [withDefaults(rule)], knowledge, () => host.now(), signal);
  const found = run.findings.filter((finding) => finding.fixable && isMeant(finding));
  const fixes = await Promise.all(found.map((finding) => run.fixes(finding)));
  return fixes.flatMap(([first]) => first?.edits ?? []);
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

/** How often the compiler complains about what. */
async function complaintsOf(program: Program, files: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { fileName, code, text } of await program.diagnostics(files)) {
    const key = `${text} (TS${code} in ${fileName === undefined ? 'the project' : basename(fileName)})`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
