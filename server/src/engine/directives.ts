import type { RuleMeta } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import { type TextLines, textLines } from '../model/text-lines.ts';
import { nearestName } from './nearest-name.ts';

/**
 * Comments that switch rules off: ours (`asynclint-disable-next-line floating-promise -- reason`), and those of ESLint,
 * oxlint and Biome where they name a rule that ours is equivalent to.
 */

export interface Comment extends Span {
  /** The whole comment, delimiters included. */
  readonly text: string;
  /** Whether the comment is all that stands in the braces of a JSX child. */
  readonly inJsx?: boolean;
}

export interface Directive {
  /** `eslint` stands for oxlint too. */
  readonly tool: 'asynclint' | 'eslint' | 'biome';
  /** What it covers: a line, everything from here on, or the file; `end` closes what `from-here` opened. */
  readonly scope: 'line' | 'next-line' | 'from-here' | 'end' | 'file';
  readonly comment: Comment;
  /** As written: `asynclint-disable-line`. */
  readonly keyword: string;
  /** The rules it names; none means every rule. */
  readonly ids: readonly DirectiveId[];
  /** The text after ` -- `, without surrounding space; the span is empty where a reason was begun but not written. */
  readonly reason?: DirectiveId;
  /** The zero-based line that `line` and `next-line` cover. */
  readonly line: number;
}

export interface DirectiveId {
  readonly text: string;
  readonly span: Span;
}

/** A comment that begins like one of our directives and is none. */
export interface MistakenDirective extends DirectiveId {
  readonly nearest?: string;
}

export interface Directives {
  readonly directives: readonly Directive[];
  readonly mistaken: readonly MistakenDirective[];
}

const ourScopes = {
  'asynclint-disable-next-line': 'next-line',
  'asynclint-disable-line': 'line',
  'asynclint-disable': 'from-here',
  'asynclint-enable': 'end',
} as const;

const otherScopes: Readonly<Record<string, Directive['scope']>> = {
  'eslint-disable-next-line': 'next-line',
  'eslint-disable-line': 'line',
  'eslint-disable': 'from-here',
  'eslint-enable': 'end',
  'oxlint-disable-next-line': 'next-line',
  'oxlint-disable-line': 'line',
  'oxlint-disable': 'from-here',
  'oxlint-enable': 'end',
  'biome-ignore': 'next-line',
  'biome-ignore-all': 'file',
  'biome-ignore-start': 'from-here',
  'biome-ignore-end': 'end',
};

/** What a comment must contain to be a directive, a mistaken one included. Most files have no match. */
export const directivePattern = /\b(?:asynclint-|eslint-(?:dis|en)able|oxlint-(?:dis|en)able|biome-ignore)/;

/**
 * The directives among the comments of a file, in the order of the text. Of the comments only those are needed in which
 * `directivePattern` matches.
 */
export function parseDirectives(text: string, comments: readonly Comment[]): Directives {
  const lines = textLines(text);
  const directives: Directive[] = [];
  const mistaken: MistakenDirective[] = [];
  for (const comment of comments) {
    const parts = /^(?:\/\/|\/\*)[\s*!]*((asynclint|eslint|oxlint|biome)-[\w-]+)(?!\w)/.exec(comment.text);
    const [head, keyword, tool] = parts ?? [];
    if (head === undefined || keyword === undefined) continue;
    const scope = ourScopes[keyword as keyof typeof ourScopes] ?? otherScopes[keyword];
    if (scope === undefined) {
      if (tool === 'asynclint') mistaken.push(mistake(keyword, comment.start + head.length - keyword.length));
      continue;
    }
    // ESLint itself honours its range directives in block comments only.
    if (tool === 'eslint' && (scope === 'from-here' || scope === 'end') && comment.text.startsWith('//')) continue;
    directives.push({
      tool: tool === 'oxlint' ? 'eslint' : (tool as Directive['tool']),
      scope,
      comment,
      keyword,
      ...namesAndReason(comment, head.length, tool === 'biome'),
      line: coveredLine(scope, comment, tool === 'asynclint' || tool === 'biome', comments, lines),
    });
  }
  return { directives, mistaken };
}

/** Whether a directive speaks of a rule: by id, by the id of an equivalent rule elsewhere, or of all rules. */
export function namesRule(directive: Directive, rule: Pick<RuleMeta, 'id' | 'equivalents'>): boolean {
  if (directive.tool === 'asynclint') {
    return directive.ids.length === 0 || directive.ids.some((id) => id.text === rule.id);
  }
  const own = rule.equivalents.filter((id) => (directive.tool === 'biome' ? id.startsWith('biome:') : isEslintId(id)));
  if (own.length === 0) return false;
  // Without names these tools mean every rule of theirs, so every rule of ours that stands in for one.
  const all = directive.tool === 'biome' ? directive.ids.some((id) => id.text === 'lint') : directive.ids.length === 0;
  if (all) return true;
  const canonical = directive.tool === 'biome' ? biomeName : eslintName;
  return directive.ids.some((id) => own.some((equivalent) => canonical(equivalent) === canonical(id.text)));
}

function isEslintId(id: string): boolean {
  return !id.includes(':');
}

/** One name for what typescript-eslint, its renamings, oxlint and ESLint's core call differently. */
function eslintName(id: string): string {
  return id.replace(/^(?:@typescript-eslint|typescript-eslint|typescript|ts|eslint)\//, '').replace(/^node\//, 'n/');
}

function biomeName(id: string): string {
  return id.startsWith('biome:') ? id.slice('biome:'.length) : (/^lint\/\w+\/(\w+)$/.exec(id)?.[1] ?? '');
}

function mistake(keyword: string, start: number): MistakenDirective {
  const nearest = nearestName(keyword, Object.keys(ourScopes));
  const place = { text: keyword, span: { start, end: start + keyword.length } };
  return nearest === undefined ? place : { ...place, nearest };
}

function namesAndReason(comment: Comment, from: number, isBiome: boolean): Pick<Directive, 'ids' | 'reason'> {
  const to =
    comment.text.startsWith('/*') && comment.text.endsWith('*/') ? comment.text.length - 2 : comment.text.length;
  const body = comment.text.slice(from, to);
  const separator = isBiome ? /:/ : /(?:^|\s)--+(?=\s|$)/;
  const found = separator.exec(body);
  const ids: DirectiveId[] = [];
  for (const match of body.slice(0, found?.index ?? body.length).matchAll(/[^\s,*]+/g)) {
    ids.push(place(match[0], comment.start + from + match.index));
  }
  if (!found) return { ids };
  const after = found.index + found[0].length;
  const reason = body.slice(after).trim();
  const start = comment.start + from + (reason === '' ? Math.min(after + 1, body.length) : body.indexOf(reason, after));
  return { ids, reason: place(reason, start) };
}

function place(text: string, start: number): DirectiveId {
  return { text, span: { start, end: start + text.length } };
}

function coveredLine(
  scope: Directive['scope'],
  comment: Comment,
  skipsComments: boolean,
  comments: readonly Comment[],
  lines: TextLines,
): number {
  if (scope !== 'next-line') return lines.lineAt(comment.start);
  const next = lines.lineAt(comment.end) + 1;
  if (!skipsComments) return next;
  // Directives of several tools may be stacked above one line of code.
  let line = next;
  for (
    let after = afterComment(line, comments, lines);
    after !== undefined;
    after = afterComment(line, comments, lines)
  )
    line = after;
  return line;
}

/** Whether a line holds a comment, or a part of one, and nothing else but the braces around it in JSX. */
export function isCommentOnly(line: number, comments: readonly Comment[], lines: TextLines): boolean {
  return afterComment(line, comments, lines) !== undefined;
}

/** The line after the comment that fills a line, or undefined where there is code, or nothing, on that line. */
function afterComment(line: number, comments: readonly Comment[], lines: TextLines): number | undefined {
  const start = lines.starts[line];
  if (start === undefined) return undefined;
  const text = lines.lineText(line);
  const known = comments.find((comment) => comment.start < start && start < comment.end);
  if (known) {
    const last = lines.lineAt(known.end);
    const isFollowed =
      lines
        .lineText(last)
        .slice(known.end - (lines.starts[last] ?? 0))
        .trim() !== '';
    if (!isFollowed) return last + 1;
    return last === line ? undefined : last;
  }
  if (/^\s*(?:\/\/|\{?\s*\/\*.*\*\/\s*\}?\s*$)/.test(text)) return line + 1;
  if (!/^\s*\{?\s*\/\*/.test(text)) return undefined;
  // A comment of several lines: those before its last are no code, and neither is the last if nothing follows.
  let last = line + 1;
  while (lines.starts[last] !== undefined && !lines.lineText(last).includes('*/')) last += 1;
  return /\*\/\s*\}?\s*$/.test(lines.lineText(last)) ? last + 1 : last;
}
