import type { CancellationToken, Position, Range } from 'vscode-languageserver/node';
import { explainedInterleaving } from '../engine/explaining/interleaving.ts';
import { placeInText } from '../engine/explaining/places.ts';
import type { ExplainedInterleaving, Place } from '../model/explanation.ts';
import type { Finding } from '../model/finding.ts';
import type { StepKind } from '../model/interleaving.ts';
import type { Location } from '../model/span.ts';
import { interleavingText, lineLabel, usualWidth } from '../report/interleaving-text.ts';
import { relativePath } from '../report/report.ts';
import { basename, dirname } from '../typescript/paths.ts';
import { signalOf } from './cancellation.ts';
import type { OpenDocument } from './documents.ts';
import { identity } from './fix-cache.ts';
import type { ServerContext } from './server-context.ts';
import type { ShownTexts } from './shown-texts.ts';

/** An interleaving as the client gets it: to be read, and to be drawn. */
export interface InterleavingPage {
  /** `cache.ts:6 stale-read`. */
  readonly title: string;
  readonly text: string;
  readonly rule: string;
  readonly message: string;
  readonly tasks: readonly { readonly name: string; readonly at: Spot }[];
  readonly steps: readonly {
    readonly task: 0 | 1;
    readonly turn: number;
    readonly kind: StepKind;
    readonly text: string;
    readonly note?: string;
    readonly at: Spot;
  }[];
  readonly outcome: string;
  readonly evidence: { readonly text: string; readonly at?: Spot };
}

/** A place, and how the text names it: `src/cache.ts:6`. */
export interface Spot {
  readonly uri: string;
  readonly range: Range;
  readonly label: string;
  readonly code: string;
}

/**
 * Answers `asynclint.showInterleaving`. Our own extension shows what it gets; for other clients the text is opened too.
 * @param asked a position in the document, or the `data` of a diagnostic
 * @returns null where no race is found there, or the document is not open
 */
export async function showInterleaving(
  context: ServerContext,
  shown: ShownTexts,
  uri: string,
  asked: unknown,
  token: CancellationToken,
): Promise<InterleavingPage | null> {
  const document = context.documents.byUri(uri);
  const analysed = document && (await context.analysis.current(document.path, signalOf(token)));
  if (!document || !analysed) return null;
  const finding = raceMeant(analysed.result.findings, asked, document);
  if (!finding?.interleaving) return null;
  const placeOf = async ({ file, span }: Location): Promise<Place> => {
    const text = file === document.path ? analysed.result.text : await context.host.readFile(file);
    return placeInText(file, text ?? '', span);
  };
  const place = await placeOf(finding);
  const interleaving = await explainedInterleaving(finding.interleaving, placeOf);
  const folder = context.settings.folderOf(document.path)?.path ?? dirname(document.path);
  const pathOf = (file: string): string => relativePath(folder, file);
  const title = `${basename(place.file)}:${place.start.line + 1} ${finding.rule}`;
  const text = interleavingText({ ...finding, place }, interleaving, { pathOf, width: usualWidth });
  if (!context.abilities.isOurs) await shown.show(`interleaving ${title}`, text);
  const { rule, message } = finding;
  return { title, text, rule, message, ...drawable(interleaving, pathOf, context) };
}

/**
 * Several races may lie at one position: the first is shown, as it is in lists. Beside them the first one of the line
 * is meant, so that nobody has to aim.
 */
function raceMeant(findings: readonly Finding[], asked: unknown, { text }: OpenDocument): Finding | undefined {
  const races = findings.filter(({ interleaving }) => interleaving);
  if (isNamed(asked)) return races.find((race) => identity(race) === identity(asked));
  if (!isPosition(asked)) return undefined;
  const offset = text.offsetAt(asked);
  return (
    races.find(({ span }) => span.start <= offset && offset <= span.end) ??
    races.find(({ span }) => text.positionAt(span.start).line === asked.line)
  );
}

function isPosition(given: unknown): given is Position {
  const { line, character } = (given ?? {}) as Partial<Position>;
  return Number.isInteger(line) && Number.isInteger(character);
}

function isNamed(given: unknown): given is Pick<Finding, 'rule' | 'key' | 'span'> {
  const { rule, key, span } = (given ?? {}) as Partial<Finding>;
  return typeof rule === 'string' && typeof key === 'string' && typeof span === 'object' && span !== null;
}

function drawable(
  { tasks, steps, outcome, evidence }: ExplainedInterleaving,
  pathOf: (file: string) => string,
  { documents }: ServerContext,
): Pick<InterleavingPage, 'tasks' | 'steps' | 'outcome' | 'evidence'> {
  const spot = (place: Place): Spot => ({
    uri: documents.uriOf(place.file),
    range: { start: place.start, end: place.end },
    label: lineLabel(place, pathOf),
    code: place.code,
  });
  return {
    tasks: tasks.map(({ name, place }) => ({ name, at: spot(place) })),
    steps: steps.map(({ place, ...step }) => ({ ...step, at: spot(place) })),
    outcome,
    evidence: { text: evidence.text, ...(evidence.place && { at: spot(evidence.place) }) },
  };
}
