import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Range,
} from 'vscode-languageserver/node';
import { unusedDirective } from '../engine/own-rules.ts';
import type { ConfigProblem } from '../engine/parse-config.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { FileResult } from '../model/result.ts';
import type { Span } from '../model/span.ts';
import { type TextLines, textLines } from '../model/text-lines.ts';
import type { RulePages } from './rule-pages.ts';

/** What a client gives back with a diagnostic. It names the finding; the edits are computed from the current text. */
export interface DiagnosticData {
  readonly rule: string;
  readonly key: string;
  readonly span: Span;
  readonly version: number | null;
}

export interface DiagnosticContext {
  readonly pages: RulePages;
  uriOf(path: string): string;
  /** The text of another file, for the places that findings point to. */
  readText(path: string): Promise<string | undefined>;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** Rules whose findings are about text that does nothing: editors fade it. */
const aboutNothing: ReadonlySet<string> = new Set(['needless-await', 'async-without-await', unusedDirective.id]);

/** The findings of one run, as the protocol has them. Positions are those of the text that was linted. */
export async function diagnosticsOf(
  result: FileResult,
  version: number | null,
  context: DiagnosticContext,
): Promise<Diagnostic[]> {
  if (result.findings.length === 0) return [];
  const texts = new Map<string, TextLines | undefined>([[result.file, textLines(result.text)]]);
  for (const { related } of result.findings) {
    for (const { file } of related) {
      if (texts.has(file)) continue;
      const text = await context.readText(file).catch(() => undefined);
      texts.set(file, text === undefined ? undefined : textLines(text));
    }
  }
  const locate = (file: string, span: Span): Location | undefined => {
    const lines = texts.get(file);
    return lines && { uri: context.uriOf(file), range: rangeIn(lines, span) };
  };
  return result.findings.flatMap((finding) => {
    const place = locate(finding.file, finding.span);
    return place ? [toDiagnostic(finding, place.range, version, locate, context.pages)] : [];
  });
}

/** A mistake in a config file, shown in that file. */
export function configDiagnostic(problem: ConfigProblem): Diagnostic {
  return {
    range: { start: problem.start, end: problem.end },
    severity: DiagnosticSeverity.Error,
    source: 'asynclint',
    code: problem.kind,
    message: problem.message,
  };
}

export function rangeIn(lines: TextLines, span: Span): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

function toDiagnostic(
  finding: Finding,
  range: Range,
  version: number | null,
  locate: (file: string, span: Span) => Location | undefined,
  pages: RulePages,
): Diagnostic {
  const page = pages.uriOf(finding.rule);
  const related = finding.related.flatMap(({ file, span, message }) => {
    const location = locate(file, span);
    return location ? [{ location, message }] : [];
  });
  const data: DiagnosticData = { rule: finding.rule, key: finding.key, span: finding.span, version };
  return {
    range,
    severity: severities[finding.severity],
    source: 'asynclint',
    code: finding.rule,
    ...(page !== undefined && { codeDescription: { href: page } }),
    message: finding.message,
    ...(related.length > 0 && { relatedInformation: related }),
    ...(aboutNothing.has(finding.rule) && { tags: [DiagnosticTag.Unnecessary] }),
    data,
  };
}
