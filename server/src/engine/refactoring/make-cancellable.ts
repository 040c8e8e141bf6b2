import type { Finding, TextEdit } from '../../model/finding.ts';
import { contains, type Span } from '../../model/span.ts';
import { isCallExpression, isNewExpression, spanOf, walkBody } from '../../typescript/ast.ts';
import { basename } from '../../typescript/paths.ts';
import type { Program } from '../../typescript/program.ts';
import type { AskedFile } from '../asked-file.ts';
import { withDefaults } from '../enabled-rules.ts';
import { lintFile } from '../lint-file.ts';
import {
  bridgesTo,
  type Candidate,
  type CandidateTools,
  candidateAt,
  candidateTools,
  functionNamedAt,
  placesOf,
} from './candidates.ts';
import { afterInsertions, beforeInsertions, editedTexts } from './edits-in-turn.ts';
import { addedSignal } from './signal-parameter.ts';

/** The rule that says which calls are to be given a signal, and how. */
const forwarding = 'unforwarded-signal';

/** What an edit is for. */
export type EditPart = 'function' | 'calls' | 'callers';

type PartialEdit = TextEdit & { readonly part: EditPart };

export interface CancellableEdits {
  readonly name: string;
  readonly edits: readonly PartialEdit[];
}

/** Why there is nothing to do, for people. */
export interface NotCancellable {
  readonly reason: string;
}

/**
 * The name of the async function around an offset, where it takes no signal and would pass one on. Costs another
 * snapshot where anything in it takes a signal at all. Undefined elsewhere.
 */
export async function cancellableAt(about: AskedFile, offset: number): Promise<string | undefined> {
  const { lease, file, knowledge } = about;
  const program = lease.program(file);
  const tools = candidateTools(program, knowledge);
  const found = await candidateAt(file, offset, tools);
  if (!found || !(await callsWhatTakesSignal(found, tools))) return undefined;
  const added = await addedSignal(found.fn, tools.types);
  const texts = await textsOf(program, added);
  const own = await program.tried(editedTexts(added, texts.of), async (next) => {
    const [name] = namesAfter([found], added);
    const meant = name && (await functionNamedAt(name, candidateTools(next, knowledge)));
    return meant ? forwardings(next, about, file, (finding) => isInside(finding, meant)) : [];
  });
  return own.length > 0 ? found.name.text : undefined;
}

async function callsWhatTakesSignal({ fn }: Candidate, { facts }: CandidateTools): Promise<boolean> {
  const calls: Promise<boolean>[] = [];
  walkBody(fn.body, (node) => {
    if (isCallExpression(node) || isNewExpression(node)) {
      const takesSignal = facts
        .acceptsSignal(node)
        .then((place) => place !== undefined && place !== 'given' && place.type === 'AbortSignal');
      calls.push(takesSignal);
    }
    return true;
  });
  return (await Promise.all(calls)).includes(true);
}

/**
 * Lets an async function be cancelled: it takes a signal, passes it to every call that can take one, and is given one
 * by callers that have one, over functions between, in all files of its program. What comes out has been compiled: where
 * the callers would not compile they are left as they are.
 */
export async function makeCancellable(about: AskedFile, offset: number): Promise<CancellableEdits | NotCancellable> {
  const { lease, file, signal, knowledge } = about;
  const program = lease.program(file);
  const tools = candidateTools(program, knowledge);
  const found = await candidateAt(file, offset, tools);
  if (!found) return { reason: 'There is no async function here that could take a signal.' };
  const bridges = await bridgesTo(found, tools, signal);
  let last: NotCancellable | undefined;
  // With the callers where that compiles, else without the functions between, else the function alone.
  for (const functions of bridges.length > 0 ? [[found, ...bridges], [found]] : [[found]]) {
    signal.throwIfAborted();
    const added = await Promise.all(functions.map((each) => addedSignal(each.fn, tools.types)));
    const outcome = await withSignals(program, about, functions, added);
    if ('edits' in outcome) return outcome;
    last = outcome;
  }
  return last ?? { reason: `\`${found.name.text}\` cannot take a signal.` };
}

/**
 * Everything that follows from signals in the parameters of functions, compiled.
 * @param functions the function that is meant, and those between it and its callers
 * @param added the edits that give each of them a signal
 */
async function withSignals(
  program: Program,
  about: AskedFile,
  functions: readonly Candidate[],
  added: readonly (readonly TextEdit[])[],
): Promise<CancellableEdits | NotCancellable> {
  const { signal } = about;
  const name = functions[0]?.name.text ?? '';
  const first = distinct(added.flat());
  const texts = await textsOf(program, first);
  const names = namesAfter(functions, first);
  const threaded = await program.tried(editedTexts(first, texts.of), (next) => passedOn(next, about, names));
  const inFile = (edit: TextEdit): TextEdit[] => {
    const { start, end } = edit.span;
    const [from, to] = [beforeInsertions(start, edit.file, first), beforeInsertions(end, edit.file, first)];
    return from === undefined || to === undefined ? [] : [{ ...edit, span: { start: from, end: to } }];
  };
  const [own, callers] = [threaded.own.flatMap(inFile), threaded.callers.flatMap(inFile)];
  if (own.length === 0) return { reason: `Nothing that \`${name}\` waits for can take a signal.` };
  await texts.load(callers);
  const ofFunction = new Set(added[0]?.map(textOfEdit));
  const all: readonly PartialEdit[] = [
    ...first.map((edit) => ({ ...edit, part: ofFunction.has(textOfEdit(edit)) ? 'function' : 'callers' }) as const),
    ...own.map((edit) => ({ ...edit, part: 'calls' as const })),
    ...callers.map((edit) => ({ ...edit, part: 'callers' as const })),
  ];
  const looked = [...new Set([...threaded.files, ...all.map((edit) => edit.file)])];
  const before = await complaintsOf(program, looked);
  let complaint: string | undefined;
  for (const edits of [all, all.filter(({ part }) => part !== 'callers')]) {
    signal.throwIfAborted();
    const after = await program.tried(editedTexts(edits, texts.of), (next) => complaintsOf(next, looked));
    [complaint] = [...after].find(([each, count]) => count > (before.get(each) ?? 0)) ?? [];
    if (complaint === undefined) return { name, edits };
  }
  return { reason: `With a signal \`${name}\` would not compile: ${complaint}` };
}

interface Threaded {
  /** In the function that is meant. */
  readonly own: readonly TextEdit[];
  readonly callers: readonly TextEdit[];
  /** The files in which the functions are named. */
  readonly files: readonly string[];
}

/** What functions that have a signal now pass on, and who passes one to them. The first is the one that is meant. */
async function passedOn(program: Program, about: AskedFile, names: readonly NamePlace[]): Promise<Threaded> {
  const tools = candidateTools(program, about.knowledge);
  const functions = (await Promise.all(names.map((name) => functionNamedAt(name, tools)))).filter(
    (each) => each !== undefined,
  );
  const [meant] = functions;
  if (!meant) return { own: [], callers: [], files: [] };
  const places = (await Promise.all(functions.map((each) => placesOf(each, tools)))).flat();
  const files = [...new Set(places.map((place) => place.getSourceFile().fileName))];
  const isPlace = ({ file, span }: Finding): boolean =>
    places.some((place) => place.getSourceFile().fileName === file && isSame(spanOf(place), span));
  const own = await forwardings(program, about, meant.file, (finding) => isInside(finding, meant));
  const isCaller = (finding: Finding): boolean => isPlace(finding) && !isInside(finding, meant);
  const callers = await Promise.all(files.map((each) => forwardings(program, about, each, isCaller)));
  return { own, callers: callers.flat(), files };
}

function isInside({ file, span }: Finding, candidate: Candidate): boolean {
  return file === candidate.file && contains(spanOf(candidate.fn), span);
}

interface NamePlace {
  readonly file: string;
  readonly start: number;
}

/** Where the names of functions stand once texts have been inserted. */
function namesAfter(functions: readonly Candidate[], insertions: readonly TextEdit[]): readonly NamePlace[] {
  return functions.map(({ file, name }) => {
    const start = name.getStart();
    const before = insertions.filter(({ span }) => span.start < start);
    return { file, start: afterInsertions(start, file, before) };
  });
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
  return fixes.flatMap(([fix]) => fix?.edits ?? []);
}

interface Texts {
  of(file: string): string;
  load(edits: readonly TextEdit[]): Promise<void>;
}

/** The texts of the files that edits are about. */
async function textsOf(program: Program, edits: readonly TextEdit[]): Promise<Texts> {
  const known = new Map<string, string>();
  const load = async (of: readonly TextEdit[]): Promise<void> => {
    const missing = [...new Set(of.map(({ file }) => file))].filter((file) => !known.has(file));
    const views = await Promise.all(missing.map((file) => program.view(file)));
    for (const view of views) if (view) known.set(view.path, view.text);
  };
  await load(edits);
  return { of: (file) => known.get(file) ?? '', load };
}

/** Two functions may take the same object of options. */
function distinct(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...new Map(edits.map((edit) => [textOfEdit(edit), edit])).values()];
}

function textOfEdit({ file, span, newText }: TextEdit): string {
  return `${file} ${span.start}-${span.end} ${newText}`;
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
