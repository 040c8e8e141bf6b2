/** Puts an order of events into words and places: the one place where race rules make what they show. */
import type { Related } from '../../model/finding.ts';
import type { Interleaving, StepKind } from '../../model/interleaving.ts';
import type { Location, Span } from '../../model/span.ts';
import {
  type FunctionNode,
  isAwaitExpression,
  isVariableDeclaration,
  type Node,
  spanOf,
} from '../../typescript/ast.ts';
import { functionName } from '../uses.ts';
import type { Concurrency } from './concurrency.ts';
import { shortText } from './places.ts';

/** One event of an interleaving, before it becomes plain data. */
export interface Event {
  readonly task: 0 | 1;
  readonly kind: StepKind;
  readonly at: Node | Span;
  /** In the present tense and without its subject: "reads `this.total`". */
  readonly text: string;
  readonly note?: string;
}

/** What is told of a race. */
export interface RaceStory {
  /** The function whose runs overlap. */
  readonly fn: FunctionNode;
  /** The function of the second task, where that is another one. */
  readonly other?: FunctionNode;
  readonly concurrency: Concurrency;
  readonly events: readonly Event[];
  /** What is wrong in the end: "the second write is lost". */
  readonly outcome: string;
}

export function interleavingOf({ fn, other = fn, concurrency, events, outcome }: RaceStory): Interleaving {
  const name = concurrency.task;
  const file = fn.getSourceFile().fileName;
  return {
    tasks: [
      { ...placeOfFunction(fn), name: `${name} A` },
      {
        ...placeOfFunction(other),
        name: other === fn ? `${name} B` : nameOfOther(other),
      },
    ],
    steps: events.map(({ task, kind, at, text, note }) => ({
      task,
      kind,
      text,
      ...location(at, task === 0 ? file : other.getSourceFile().fileName),
      ...(note !== undefined && { note }),
    })),
    outcome,
    evidence: { text: concurrency.text, at: locate(concurrency.at) },
  };
}

/** The events as numbered second places: "1 reads `this.total`". What is told twice, once for each task, counts once. */
export function numbered(
  events: readonly (Pick<Event, 'at' | 'text'> & { readonly file: string })[],
): readonly Related[] {
  return events.map(({ at, text, file }, index) => ({ ...location(at, file), message: `${index + 1} ${text}` }));
}

function nameOfOther(fn: FunctionNode): string {
  const name = functionName(fn)?.text;
  return name === undefined ? 'another function' : `\`${name}\``;
}

function placeOfFunction(fn: FunctionNode): Location {
  const name = functionName(fn);
  return name && name.getSourceFile() === fn.getSourceFile() ? locate(name) : locate(headOf(fn), fn);
}

/** The first token of a function that has no name. */
function headOf(fn: FunctionNode): Span {
  const start = fn.getStart();
  return { start, end: Math.min(fn.end, start + (/^\w+|^./.exec(fn.getText())?.[0].length ?? 1)) };
}

function locate(at: Node | Span, within?: Node): Location {
  const node = 'kind' in at ? at : within;
  const file = node?.getSourceFile().fileName ?? '';
  return location(at, file);
}

/** A node says itself which file it is in: a helper may stand in another one. */
function location(at: Node | Span, file: string): Location {
  return 'kind' in at ? { file: at.getSourceFile().fileName, span: spanOf(at) } : { file, span: at };
}

/** What a suspension waits for: "waits for `load(key)`". */
export function waitText(suspension: Node): string {
  if (isAwaitExpression(suspension)) return `waits for \`${shortText(suspension.expression)}\``;
  return isVariableDeclaration(suspension)
    ? `waits until \`${suspension.name.getText()}\` is disposed`
    : 'waits for the next element';
}
