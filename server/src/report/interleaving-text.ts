import type { ExplainedInterleaving, ExplainedStep, Place } from '../model/explanation.ts';

export interface InterleavingStyle {
  /** Writes a path as the reader knows it. */
  readonly pathOf: (file: string) => string;
  /** How many columns there are. What does not fit is cut; the list of steps has it in full. */
  readonly width: number;
}

/** Wide enough for two lanes and a path, and no wider than what people read in a pull request. */
export const usualWidth = 110;

/**
 * An interleaving as a text of its own: what is found, the drawing, how it ends, and the same as a list in which each
 * line can be understood by itself.
 */
export function interleavingText(
  found: { readonly rule: string; readonly message: string; readonly place: Place },
  interleaving: ExplainedInterleaving,
  style: InterleavingStyle,
): string {
  const { rule, message, place } = found;
  return [
    `${rule}: ${inOneLine(message)}`,
    lineLabel(place, style.pathOf),
    '',
    ...drawInterleaving(interleaving, style),
    '',
    'Step by step:',
    ...stepList(interleaving, style.pathOf).map((step, index) => `${String(index + 1).padStart(3)}. ${step}`),
    '',
  ].join('\n');
}

/** Two lanes, one a task, from top to bottom; below them how it ends and why both can run at once. */
export function drawInterleaving(interleaving: ExplainedInterleaving, style: InterleavingStyle): readonly string[] {
  const { tasks, steps, outcome, evidence } = interleaving;
  const label = labels(steps, style);
  const rows = steps.flatMap((step, index): readonly Drawn[] => {
    const { task, turn, note } = step;
    const number = steps[index - 1]?.turn === turn ? '' : String(turn);
    return [
      { turn: number, task, text: cellText(step), where: label(step.place) },
      ...(note === undefined ? [] : [{ turn: '', task, text: `  ← ${inOneLine(note)}`, where: '' }]),
    ];
  });
  const [left, right] = laneWidths(rows, tasks, style.width - edge - gap - longest(rows.map(({ where }) => where)));
  const line = (turn: string, first: string, second: string, where: string): string =>
    `${turn.padStart(4)}  ${first.padEnd(left + gap)}${second.padEnd(right + gap)}${where}`.trimEnd();
  const { place } = evidence;
  return [
    line('turn', fit(tasks[0].name, left), fit(tasks[1].name, right), 'where'),
    ...rows.map(({ turn, task, text, where }) =>
      task === 0 ? line(turn, fit(text, left), '', where) : line(turn, '', fit(text, right), where),
    ),
    '',
    `In the end: ${inOneLine(outcome)}`,
    `Both can run at once: ${inOneLine(evidence.text)}${place ? ` (${lineLabel(place, style.pathOf)})` : ''}`,
  ];
}

/** Each step as a sentence with its place: "request A reads `this.total` (src/a.ts:12)". */
export function stepList(
  { tasks, steps }: ExplainedInterleaving,
  pathOf: InterleavingStyle['pathOf'],
): readonly string[] {
  return steps.map((step) => `${stepSentence(tasks[step.task].name, step)} (${lineLabel(step.place, pathOf)})`);
}

/** "request A writes `this.total`: overwrites what request B wrote". */
export function stepSentence(task: string, { text, note }: Pick<ExplainedStep, 'text' | 'note'>): string {
  return `${task} ${inOneLine(text)}${note === undefined ? '' : `: ${inOneLine(note)}`}`;
}

/** `src/a.ts:12`, one-based. */
export function lineLabel({ file, start }: Place, pathOf: InterleavingStyle['pathOf']): string {
  return `${pathOf(file)}:${start.line + 1}`;
}

interface Drawn {
  readonly turn: string;
  readonly task: 0 | 1;
  readonly text: string;
  readonly where: string;
}

/** The columns before the first lane, and those between lanes. */
const edge = 6;
const gap = 2;
/** A lane that is narrower says too little. */
const narrowestLane = 24;

function cellText({ kind, text }: ExplainedStep): string {
  return kind === 'suspends' ? `── ${inOneLine(text)} ──` : inOneLine(text);
}

/** Paths in full where the lanes have room beside them, else the names of the files. */
function labels(steps: readonly ExplainedStep[], { pathOf, width }: InterleavingStyle): (place: Place) => string {
  const full = (place: Place): string => lineLabel(place, pathOf);
  const room = width - edge - 2 * gap - 2 * narrowestLane;
  if (longest(steps.map(({ place }) => full(place))) <= room) return full;
  return (place) => lineLabel(place, (file) => file.slice(file.lastIndexOf('/') + 1));
}

/** A lane gets what it needs; where both need more than there is, what one does not need goes to the other. */
function laneWidths(
  rows: readonly Drawn[],
  [first, second]: ExplainedInterleaving['tasks'],
  available: number,
): readonly [number, number] {
  const need = (task: 0 | 1, name: string): number =>
    longest([name, ...rows.filter((row) => row.task === task).map(({ text }) => text)]);
  const room = Math.max(available - gap, 2 * narrowestLane);
  const [left, right] = [need(0, first.name), need(1, second.name)];
  const half = Math.floor(room / 2);
  if (left + right <= room) return [left, right];
  if (left <= half) return [left, room - left];
  return right <= half ? [room - right, right] : [half, half];
}

/** Cuts a text to a width: in its longest piece of code if that is where the length comes from, else at the end. */
function fit(text: string, width: number): string {
  const excess = text.length - width;
  if (excess <= 0) return text;
  const code = [...text.matchAll(/`[^`]+`/g)].sort((a, b) => b[0].length - a[0].length)[0];
  const kept = code ? code[0].length - excess - 2 : 0;
  if (!code || kept < shortestCode) return `${whole(text.slice(0, width - 1))}…`;
  const end = code.index + code[0].length;
  return `${whole(text.slice(0, code.index + kept))}…\`${text.slice(end)}`;
}

const shortestCode = 8;

/** Leaves no half of a character at the end. */
function whole(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]\s*/g, ' ').trim();
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}
