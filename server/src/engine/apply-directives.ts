import { compareFindings, type Finding, type Fix, type Severity } from '../model/finding.ts';
import type { RuleMeta } from '../model/rule.ts';
import type { Span } from '../model/span.ts';
import { textLines } from '../model/text-lines.ts';
import {
  type Comment,
  type Directive,
  type DirectiveId,
  type MistakenDirective,
  namesRule,
  parseDirectives,
} from './directives.ts';
import { nearestName, suggestionText } from './nearest-name.ts';
import { ownRules, unusedDirective } from './own-rules.ts';
import { type Replacement, removeDirective, removeId } from './remove-directive.ts';

export interface DirectiveInput {
  readonly file: string;
  readonly text: string;
  /** The comments of the file in which `directivePattern` matches, in order; more do no harm. */
  readonly comments: readonly Comment[];
  readonly findings: readonly Finding[];
  /** All rules that exist, whether or not they ran. */
  readonly rules: readonly RuleMeta[];
  /** Ids of the rules that ran to the end: only of these can a directive be called unused. */
  readonly ran: ReadonlySet<string>;
  /** The severity of `unused-directive`; undefined where it is off. */
  readonly unusedSeverity: Severity | undefined;
}

export interface DirectiveOutcome {
  /** What is left, with what is to be said about the directives themselves; in the order of `compareFindings`. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  /** Which directive suppresses which of the rules' findings, by the very objects in `suppressed`. */
  readonly suppressedBy: ReadonlyMap<Finding, Directive>;
  /** The fixes of the findings about directives, by the very objects in `findings`. */
  readonly fixes: ReadonlyMap<Finding, readonly Fix[]>;
}

/** Takes out what comments suppress and reports our own directives that suppress nothing. */
export function applyDirectives(input: DirectiveInput): DirectiveOutcome {
  if (input.comments.length === 0) {
    return { findings: input.findings, suppressed: [], suppressedBy: new Map(), fixes: new Map() };
  }
  const { directives, mistaken } = parseDirectives(input.text, input.comments);
  const lines = textLines(input.text);
  const rulesById = new Map(input.rules.map((rule) => [rule.id, rule]));
  const used = new Map<Directive, Set<string>>();

  const suppressorOf = (finding: Finding): Directive | undefined => {
    const rule = rulesById.get(finding.rule) ?? { id: finding.rule, equivalents: [] };
    const line = lines.lineAt(finding.span.start);
    const matching = directives.filter((directive) => namesRule(directive, rule));
    // Our own come first, so that they do not look unused where another linter's directive stands beside them;
    // of these the nearest, which is what a person would point at.
    return (
      nearest(
        matching.filter((directive) => directive.tool === 'asynclint'),
        line,
        finding.span.start,
      ) ??
      nearest(
        matching.filter((directive) => directive.tool === 'eslint'),
        line,
        finding.span.start,
      ) ??
      nearest(
        matching.filter((directive) => directive.tool === 'biome'),
        line,
        finding.span.start,
      )
    );
  };

  const kept: Finding[] = [];
  const suppressed: Finding[] = [];
  const suppressedBy = new Map<Finding, Directive>();
  for (const finding of input.findings) {
    const suppressor = suppressorOf(finding);
    if (!suppressor) {
      kept.push(finding);
      continue;
    }
    suppressed.push(finding);
    suppressedBy.set(finding, suppressor);
    used.set(suppressor, (used.get(suppressor) ?? new Set()).add(finding.rule));
  }

  const fixes = new Map<Finding, readonly Fix[]>();
  if (input.unusedSeverity !== undefined) {
    const report = reporter(input, input.unusedSeverity, (finding, fix) => {
      const asked = directives.filter((directive) => directive.ids.some((id) => id.text === unusedDirective.id));
      if (nearest(asked, lines.lineAt(finding.span.start), finding.span.start)) return void suppressed.push(finding);
      kept.push(finding);
      if (fix) fixes.set(finding, [fix]);
    });
    for (const found of mistaken) reportMistaken(found, report);
    const open = new Set<string>();
    for (const directive of directives.filter((each) => each.tool === 'asynclint')) {
      const idle =
        directive.scope === 'end' ? idleEnds(directive, open) : idleIds(directive, used.get(directive), input.ran);
      if (directive.scope === 'from-here') for (const id of idsOrAll(directive)) open.add(id);
      reportIdle(directive, idle, input.text, report);
      for (const id of directive.ids) if (!rulesById.has(id.text)) reportUnknown(id, input.rules, report);
    }
  }
  return {
    findings: kept.sort(compareFindings),
    suppressed: suppressed.sort(compareFindings),
    suppressedBy,
    fixes,
  };
}

/** The directive among those of one tool that covers a place: the nearest by line, else the range that is open there. */
function nearest(directives: readonly Directive[], line: number, offset: number): Directive | undefined {
  const onLine = directives.findLast(
    (directive) => (directive.scope === 'line' || directive.scope === 'next-line') && directive.line === line,
  );
  if (onLine) return onLine;
  let open: Directive | undefined;
  for (const directive of directives) {
    if (directive.scope === 'file') open ??= directive;
    if (directive.comment.end > offset) continue;
    if (directive.scope === 'from-here') open = directive;
    if (directive.scope === 'end' && open?.scope !== 'file') open = undefined;
  }
  return open;
}

const everyRule = '*';

function idsOrAll(directive: Directive): string[] {
  return directive.ids.length === 0 ? [everyRule] : directive.ids.map((id) => id.text);
}

/** Which ids of a directive suppressed nothing; `all` for one without ids that suppressed nothing. */
type Idle = 'all' | readonly DirectiveId[];

function idleIds(directive: Directive, used: ReadonlySet<string> | undefined, ran: ReadonlySet<string>): Idle {
  if (directive.ids.length === 0) return used ? [] : 'all';
  const seen = new Set<string>();
  return directive.ids.filter((id) => {
    const isRepeated = seen.has(id.text);
    seen.add(id.text);
    return ran.has(id.text) && (isRepeated || !used?.has(id.text));
  });
}

function idleEnds(directive: Directive, open: Set<string>): Idle {
  if (directive.ids.length === 0) {
    const wasOpen = open.size > 0;
    open.clear();
    return wasOpen ? [] : 'all';
  }
  return directive.ids.filter((id) => !open.delete(id.text) && !open.has(everyRule));
}

interface Proposal {
  readonly title: string;
  readonly safe: boolean;
  readonly edit: Replacement;
}

type Reporter = (key: string, span: Span, message: string, help: string, proposal: Proposal | undefined) => void;

function reporter(
  input: DirectiveInput,
  severity: Severity,
  take: (finding: Finding, fix: Fix | undefined) => void,
): Reporter {
  return (key, span, message, help, proposal) => {
    const { file } = input;
    const fix: Fix | undefined = proposal && {
      title: proposal.title,
      safe: proposal.safe,
      edits: [{ file, ...proposal.edit }],
    };
    const finding: Finding = {
      file,
      span: { start: span.start, end: span.end },
      rule: unusedDirective.id,
      key,
      message,
      why: 'A directive that does nothing hides the next problem that comes up in its place.',
      help,
      severity,
      related: [],
      fixable: fix !== undefined,
      dependsOn: [file],
    };
    take(finding, fix);
  };
}

function reportIdle(directive: Directive, idle: Idle, text: string, report: Reporter): void {
  const isEnd = directive.scope === 'end';
  if (idle === 'all' || (idle.length > 0 && idle.length === directive.ids.length)) {
    report(
      'unused',
      directive.comment,
      `\`${directive.keyword}\` ${isEnd ? 'ends' : 'suppresses'} nothing`,
      'Remove it.',
      {
        title: 'Remove the unused directive',
        safe: true,
        edit: removeDirective(text, directive.comment),
      },
    );
    return;
  }
  for (const id of idle) {
    const message = isEnd ? `\`${id.text}\` is not suppressed here` : `\`${id.text}\` is suppressed here but not found`;
    report('unused', id.span, message, 'Remove the name.', {
      title: `Remove \`${id.text}\` from the directive`,
      safe: true,
      edit: removeId(directive, id),
    });
  }
}

function reportUnknown(id: DirectiveId, rules: readonly RuleMeta[], report: Reporter): void {
  const names = [...rules, ...ownRules].map((rule) => rule.id);
  if (names.includes(id.text)) return;
  const nearest = nearestName(id.text, names);
  const message = `There is no rule \`${id.text}\`${suggestionText(nearest)}`;
  report(
    'unknown-rule',
    id.span,
    message,
    'Write a rule that exists; a reason goes after ` -- `.',
    renaming(id, nearest),
  );
}

function reportMistaken(found: MistakenDirective, report: Reporter): void {
  const message = `There is no directive \`${found.text}\`${suggestionText(found.nearest)}`;
  const help = 'Use `asynclint-disable-next-line`, `-disable-line`, `-disable` or `-enable`.';
  report('unknown-directive', found.span, message, help, renaming(found, found.nearest));
}

/** A choice and not safe: the right name starts to suppress something, and that is for a person to decide. */
function renaming(written: DirectiveId, nearest: string | undefined): Proposal | undefined {
  if (nearest === undefined) return undefined;
  return { title: `Change to \`${nearest}\``, safe: false, edit: { span: written.span, newText: nearest } };
}
