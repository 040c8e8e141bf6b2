/**
 * The format of fixtures: real source files in which comments say what a rule finds on the line above.
 * README.md beside this file describes it for authors.
 */
import { textLines } from '../../server/src/model/text-lines.ts';

/** A second place that a finding speaks of, as a fixture writes it. */
export interface RelatedPlace {
  /** Relative to the fixture's directory, or the bare name of a file outside it. */
  readonly file: string;
  /** One-based, in the file as it is on disk. */
  readonly line: number;
  readonly text: string;
}

/** One finding, expected or real. Offsets are those of `Fixture.code`. */
export interface Alarm {
  readonly rule: string;
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Undefined where the fixture does not say. */
  readonly related: readonly RelatedPlace[] | undefined;
}

export interface Fixture {
  /** Relative to the rule's fixture directory, with forward slashes. */
  readonly name: string;
  /** The name under which it is linted: its own, or that of `// @path`. */
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** The lines of the header directives as they are on disk, line breaks included. */
  readonly header: string;
  /** What is linted: the text without header directives and expectations. */
  readonly code: string;
  readonly expected: readonly Alarm[];
  /** The one-based line on disk of each zero-based line of `code`. */
  readonly diskLines: readonly number[];
  /** What does not follow the format, in words for the author. */
  readonly mistakes: readonly string[];
}

const headerLine = /^\/\/ @(\w+)(?:\s+(.*?))?\s*$/;
const comment = /^\s*(?:\/\/|\{?\/\*)(?<body>.*?)(?:\*\/\}?)?\s*$/;
const caretBody =
  /^(?<gap>\s*)(?:<(?<column>\d+)\s+)?(?<carets>\^+)(?:~\+(?<lines>\d+):(?<until>\d+))?\s+(?<rule>[a-z0-9-]+)\s+(?<key>\w+)$/;
const relatedBody = /^\s*related\s+(?<file>\S+):(?<line>\d+)\s+"(?<text>.*)"$/;

/** Takes a fixture apart. Mistakes in its comments are collected, not thrown. */
export function parseFixture(name: string, text: string): Fixture {
  const lines = text.split(/(?<=\n)/);
  const mistakes: string[] = [];
  const options: Record<string, unknown> = {};
  let path = name;
  let header = '';
  let at = 0;
  for (; at < lines.length; at++) {
    const match = headerLine.exec((lines[at] ?? '').trimEnd());
    if (!match) break;
    header += lines[at];
    const [, directive, value = ''] = match;
    if (directive === 'options')
      Object.assign(
        options,
        parseOptions(value, (why) => mistakes.push(`line ${at + 1}: ${why}`)),
      );
    else if (directive === 'path') path = value;
    else mistakes.push(`line ${at + 1}: there is no header directive @${directive}`);
  }

  const kept: string[] = [];
  const diskLines: number[] = [];
  const pending: {
    alarm: Omit<Alarm, 'related' | 'start' | 'end'>;
    line: number;
    column: number;
    length: number;
    more?: { lines: number; until: number };
    related: RelatedPlace[];
    disk: number;
  }[] = [];
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const shape = comment.exec(line.trimEnd());
    const body = shape?.groups?.body?.trimEnd();
    const caret = body === undefined ? undefined : caretBody.exec(body)?.groups;
    const related = body === undefined ? undefined : relatedBody.exec(body)?.groups;
    if (caret) {
      const column = caret.column === undefined ? line.indexOf('^') : Number(caret.column);
      pending.push({
        alarm: { rule: caret.rule ?? '', key: caret.key ?? '' },
        line: kept.length - 1,
        column,
        length: caret.carets?.length ?? 0,
        ...(caret.lines !== undefined && { more: { lines: Number(caret.lines), until: Number(caret.until) } }),
        related: [],
        disk: at + 1,
      });
      continue;
    }
    if (related && pending.length > 0) {
      pending.at(-1)?.related.push({ file: related.file ?? '', line: Number(related.line), text: related.text ?? '' });
      continue;
    }
    if (body !== undefined && /^\s*\^{2,}/.test(body))
      mistakes.push(`line ${at + 1}: carets are followed by a rule and a message key, and nothing else`);
    kept.push(line);
    diskLines.push(at + 1);
  }
  const code = kept.join('');
  const { starts } = textLines(code);
  const expected = pending.map(({ alarm, line, column, length, more, related, disk }): Alarm => {
    const start = (starts[line] ?? 0) + column;
    const end = more ? (starts[line + more.lines] ?? 0) + more.until : start + length;
    if (line < 0) mistakes.push(`line ${disk}: there is no line of code above the carets`);
    return { ...alarm, start, end, related: related.length > 0 ? related : undefined };
  });
  return { name, path, options, header, code, expected, diskLines, mistakes };
}

function parseOptions(value: string, mistake: (why: string) => void): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Said below, in one way for everything that is no object.
  }
  mistake('@options is followed by a JSON object');
  return {};
}

/** The code with its alarms written under the lines they speak of; the same alarms give the same text. */
export function annotate(fixture: Pick<Fixture, 'code' | 'header'>, alarms: readonly Alarm[]): string {
  const lines = textLines(fixture.code);
  const eol = /\r\n|\n/.exec(fixture.code)?.[0] ?? '\n';
  const byLine = new Map<number, Alarm[]>();
  for (const alarm of alarms) {
    const line = lines.lineAt(alarm.start);
    byLine.set(line, [...(byLine.get(line) ?? []), alarm]);
  }
  let out = fixture.header;
  for (const [line, start] of lines.starts.entries()) {
    const text = fixture.code.slice(start, lines.starts[line + 1] ?? fixture.code.length);
    out += text;
    const here = (byLine.get(line) ?? []).sort(
      (a, b) => a.start - b.start || a.end - b.end || compare(a.rule, b.rule) || compare(a.key, b.key),
    );
    if (here.length > 0 && !/\n$/.test(text)) out += eol;
    for (const alarm of here) {
      out += caretLine(alarm, lines.lineText(line), start, lines) + eol;
      for (const place of alarm.related ?? [])
        out += `//${' '.repeat(Math.max(1, alarm.start - start - 2))}related ${place.file}:${place.line} "${place.text}"${eol}`;
    }
  }
  return out;
}

function caretLine(alarm: Alarm, lineText: string, lineStart: number, lines: ReturnType<typeof textLines>): string {
  const column = alarm.start - lineStart;
  const lastLine = lines.lineAt(alarm.end);
  const line = lines.lineAt(alarm.start);
  const until = lastLine === line ? alarm.end - lineStart : lineText.length;
  const carets = '^'.repeat(Math.max(1, until - column));
  const more = lastLine === line ? '' : `~+${lastLine - line}:${alarm.end - (lines.starts[lastLine] ?? 0)}`;
  const label = `${carets}${more} ${alarm.rule} ${alarm.key}`;
  return column < 2 ? `// <${column} ${label}` : `//${' '.repeat(column - 2)}${label}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
