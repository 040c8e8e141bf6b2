import type {
  ExplainedFinding,
  ExplainedInterleaving,
  ExplainedValue,
  Explanation,
  Fact,
  Place,
  Surroundings,
  Turn,
} from '../model/explanation.ts';
import type { Severity } from '../model/finding.ts';
import { basename } from '../typescript/paths.ts';
import { plural } from './report.ts';

/** An explanation as people read it, before it is painted or marked up: the answer first, then what it rests on. */
export interface Sheet {
  /** What the rules said, in one sentence. */
  readonly verdict: string;
  readonly tone: Tone;
  readonly sections: readonly Section[];
  /** Things that matter less, one sentence each. */
  readonly footer: readonly string[];
}

export type Tone = Severity | 'good';

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Drawn below the rows. */
  readonly interleaving?: ExplainedInterleaving;
}

export interface Row {
  /** One word before the text; empty where the text stands for itself. */
  readonly label: string;
  readonly text: string;
  /** Where to look; each with its code, if that says something. */
  readonly places: readonly Place[];
  /** What stands before the places that follow the first. */
  readonly via?: string;
}

/** Nobody reads more of the same; JSON has all. */
const mostAlike = 8;

/** @param pathOf writes a path as the reader knows it */
export function sheetOf(explanation: Explanation, pathOf: (file: string) => string): Sheet {
  const { findings, suppressed, silences, values, around } = explanation;
  return {
    ...verdictOf(explanation),
    sections: [
      ...findings.slice(0, mostAlike).map(findingSection),
      ...(findings.length > mostAlike ? [{ title: `${findings.length - mostAlike} more on this line`, rows: [] }] : []),
      ...suppressed.slice(0, mostAlike).map((finding) => ({
        title: `suppressed ${finding.rule}: ${finding.message}`,
        rows: [{ label: 'by', text: '', places: [finding.by] }],
      })),
      ...(silences.length > 0 ? [silenceSection(explanation)] : []),
      ...values.map(valueSection),
      ...(around && around.suspensionCount > 0 ? [turnSection(around, explanation.line)] : []),
    ],
    footer: footerOf(explanation, pathOf),
  };
}

function verdictOf({
  findings,
  suppressed,
  silences,
  values,
  plainCalls,
}: Explanation): Pick<Sheet, 'verdict' | 'tone'> {
  const [first] = findings;
  if (first) {
    const worst = (['error', 'warning', 'information'] as const).find((each) =>
      findings.some(({ severity }) => severity === each),
    );
    const rules = [...new Set(findings.map(({ rule }) => rule))].join(', ');
    return { verdict: `${plural(findings.length, 'finding')}: ${rules}`, tone: worst ?? first.severity };
  }
  if (suppressed.length > 0) {
    return {
      verdict: `Nothing is reported: a comment suppresses ${plural(suppressed.length, 'finding')}`,
      tone: 'good',
    };
  }
  if (silences.length > 0) return { verdict: 'Nothing is reported, for the reasons below', tone: 'good' };
  if (values.length > 0) return { verdict: 'Nothing is reported: no rule found anything wrong here', tone: 'good' };
  const what = plainCalls.length > 0 ? 'no call here gives a promise or blocks' : 'nothing here is asynchronous';
  return { verdict: `Nothing is reported: ${what}`, tone: 'good' };
}

function findingSection(finding: ExplainedFinding): Section {
  const { rule, message, why, help, severity, related, interleaving } = finding;
  return {
    title: `${severity} ${rule}: ${message}`,
    rows: [
      ...(why === '' ? [] : [{ label: 'why', text: why, places: [] }]),
      ...(help === '' ? [] : [{ label: 'help', text: help, places: [] }]),
      ...related
        .filter(({ place }) => !interleaving?.steps.some((step) => isSamePlace(step.place, place)))
        .map((each) => ({ label: 'see', text: each.message, places: [each.place] })),
    ],
    ...(interleaving && { interleaving }),
  };
}

/** What the drawing of an interleaving shows need not be said beside it. */
function isSamePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.start.line === b.start.line && a.start.character === b.start.character;
}

function silenceSection({ silences }: Explanation): Section {
  const rows = silences.slice(0, mostAlike).map(({ rule, reason }) => ({ label: rule, text: reason, places: [] }));
  return { title: 'Silent, because', rows };
}

const natures: Readonly<Record<ExplainedValue['is'], string>> = {
  promise: 'is a promise',
  maybe: 'is a promise at times',
  plain: 'is no promise',
  unknown: 'may be a promise or not',
  function: 'gives a promise to whoever calls it',
};

function valueSection({ name, is, type, facts }: ExplainedValue): Section {
  const title = is === 'function' ? `${capital(name)} ${natures[is]}` : `\`${name}\` ${natures[is]}`;
  return {
    title: type === undefined ? title : `${title}: \`${type}\``,
    rows: facts.map(factRow),
  };
}

function factRow({ about, text, places }: Fact): Row {
  const isWay = about === 'rejects' || about === 'blocks';
  return { label: about, text, places, ...(isWay && { via: 'by way of' }) };
}

function turnSection(around: Surroundings, line: number): Section {
  const { name, place, lastLine, suspensions, suspensionCount, turn } = around;
  const hidden = suspensionCount - suspensions.length;
  const rows: Row[] = [
    ...(turn ? [{ label: '', text: turnText(turn, around, line), places: [] }] : []),
    ...suspensions.map((point) => ({
      label: `(${point.number})`,
      text: point.isHere ? 'on this line' : '',
      places: [point.place],
    })),
    ...(hidden > 0 ? [{ label: '…', text: `${plural(hidden, 'other')}, away from this line`, places: [] }] : []),
  ];
  const lines = place.start.line === lastLine ? '' : `, lines ${place.start.line + 1}–${lastLine + 1}`;
  return { title: `Where ${name} waits${lines}`, rows };
}

/** Between two suspension points nothing else of the process runs: that is what a turn is. */
function turnText({ after, until, isDead }: Turn, { suspensions }: Surroundings, line: number): string {
  if (isDead) return `No path leads to line ${line + 1}.`;
  const begin = after.map((number) => (number === 0 ? 'the start' : `(${number})`));
  const end = until.map((number) => (number === 0 ? 'the end' : `(${number})`));
  const here = suspensions.filter(({ isHere }) => isHere).map(({ number }) => `(${number})`);
  const from = `Line ${line + 1} runs in the turn from ${listed(begin)}`;
  if (here.length === 0) return `${from} to ${listed(end)}: nothing else runs in between.`;
  const goesOn = end.some((each) => !here.includes(each));
  return `${from} to ${here.join(' and ')}, where it waits${goesOn ? `, and then on to ${listed(end)}` : ''}.`;
}

function footerOf(explanation: Explanation, pathOf: (file: string) => string): readonly string[] {
  const { plainCalls, isCut, values, quiet, off, preset, config, tsconfig, notes, dependsOn, statement, file } =
    explanation;
  const lines: string[] = [];
  if (statement) lines.push(`The line belongs to the statement that begins in line ${statement.start.line + 1}.`);
  if (plainCalls.length > 0 && values.length > 0) lines.push(`No promise: ${names(plainCalls)}.`);
  if (isCut) lines.push('The line holds more: ask about one place of it, by its column.');
  if (quiet.length > 0) lines.push(`Looked, and found nothing wrong: ${quiet.join(', ')}.`);
  for (const each of off.filter(({ findings }) => findings.length > 0)) {
    const why = each.by === 'config' ? 'off in the config' : `not in the preset ${preset}`;
    lines.push(`${each.rule} is ${why}, or it would report: ${each.findings[0]?.message}.`);
  }
  const idle = (by: 'config' | 'preset'): string =>
    off
      .filter((each) => each.by === by && each.findings.length === 0)
      .map(({ rule }) => rule)
      .join(', ');
  if (idle('config') !== '') lines.push(`Off in the config: ${idle('config')}.`);
  if (idle('preset') !== '') lines.push(`Not in the preset ${preset}: ${idle('preset')}.`);
  for (const { text } of notes) lines.push(`${text.split('\n', 1)[0]?.replace(/\.$/, '')}.`);
  const settings = [
    config === undefined ? `no config file, preset ${preset}` : `${pathOf(config)}, preset ${preset}`,
    tsconfig === undefined ? 'no tsconfig' : pathOf(tsconfig),
  ];
  lines.push(`Settings: ${settings.join(' · ')}.`);
  const others = dependsOn.filter((each) => each !== file && each !== config && !isCompilersOwn(each));
  if (others.length > 0) {
    const shown = others.slice(0, mostFiles).map(pathOf);
    const more = others.length > shown.length ? ` and ${others.length - shown.length} more` : '';
    lines.push(`Rests also on ${shown.join(', ')}${more}.`);
  }
  return lines;
}

const mostFiles = 6;

/** The declarations of the language and of the platform: everything rests on them, and nobody edits them. */
function isCompilersOwn(file: string): boolean {
  return /\/(?:native|typescript-[\w-]+\/lib)\/lib\.[\w.]+\.d\.ts$/.test(file);
}

function names(list: readonly string[]): string {
  return list.map((name) => `\`${name}\``).join(', ');
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `src/a.ts:5:3`, one-based. */
export function placeText(place: Place, pathOf: (file: string) => string): string {
  return `${pathOf(place.file)}:${place.start.line + 1}:${place.start.character + 1}`;
}

/** The title of an explanation: `click.ts:6`. */
export function titleOf({ file, line }: Pick<Explanation, 'file' | 'line'>): string {
  return `${basename(file)}:${line + 1}`;
}
