import type { Hover, HoverParams } from 'vscode-languageserver/node';
import { configFileName } from '../engine/config.ts';
import { directivePattern } from '../engine/directives.ts';
import { waitAt } from '../engine/explaining/wait.ts';
import { ownRules } from '../engine/own-rules.ts';
import type { ExplainedWait, Fact, Place } from '../model/explanation.ts';
import type { Finding } from '../model/finding.ts';
import type { Principle } from '../model/rule.ts';
import { textLines } from '../model/text-lines.ts';
import { inCode } from '../report/explanation-markdown.ts';
import { allRules } from '../rules/registry.ts';
import { basename } from '../typescript/paths.ts';
import { signalOf } from './cancellation.ts';
import { rangeIn } from './diagnostics.ts';
import { isLinted, type OpenDocument } from './documents.ts';
import { markup } from './markup.ts';
import type { RulePages } from './rule-pages.ts';
import type { ServerContext } from './server-context.ts';

const principles: Readonly<Record<Principle, string>> = {
  1: 'Every promise has an owner.',
  2: 'The event loop is never blocked.',
  3: 'State read before a suspension point is stale after it.',
  4: 'Cancellation reaches the bottom and comes back up.',
  5: 'Independent waits overlap, within a bound.',
  6: 'What is acquired is released, and what waits has a deadline.',
};

/**
 * Answers `textDocument/hover`: on a finding why it matters, on an `await` and on the name of an asynchronous call what
 * is known of it, on a rule's id in a directive what the rule is.
 */
export function answerHovers(context: ServerContext): void {
  context.connection.onHover((params, token) => hover(context, params, signalOf(token)));
}

async function hover(context: ServerContext, params: HoverParams, signal: AbortSignal): Promise<Hover | null> {
  const { abilities, documents, analysis, pages } = context;
  const document = documents.byUri(params.textDocument.uri);
  if (document && basename(document.path) === configFileName) return hoverInConfig(context, document, params);
  if (!document || !isLinted(document.path)) return null;
  const { version } = document.text;
  const text = document.text.getText();
  const offset = document.text.offsetAt(params.position);
  const lines = textLines(text);
  const named = ruleNamedAt(lines.lineText(params.position.line), params.position.character);
  if (named) {
    const { line } = params.position;
    const range = { start: { line, character: named.start }, end: { line, character: named.end } };
    return { contents: markup(abilities, aboutRule(named.rule, pages)), range };
  }
  const analysed = await analysis.current(document.path, signal);
  if (!analysed || analysed.version !== version) return null;
  const found = analysed.result.findings.filter(({ span }) => span.start <= offset && offset <= span.end);
  const options = analysis.lintOptions(document.path, signal);
  const wait = await context.linter.ask(document.path, options, (about) => waitAt(about, offset));
  if (document.text.version !== version) return null;
  const parts = [...found.map((finding) => aboutFinding(finding, pages)), ...(wait ? [aboutWait(wait, context)] : [])];
  const span = found[0]?.span ?? wait?.span;
  if (!span) return null;
  return { contents: markup(abilities, parts.join('\n\n---\n\n')), range: rangeIn(lines, span) };
}

/** On a rule's id in a config. In VS Code the schema does that. */
function hoverInConfig(
  { abilities, pages }: ServerContext,
  { text }: OpenDocument,
  { position }: HoverParams,
): Hover | null {
  if (abilities.isOurs) return null;
  const lines = textLines(text.getText());
  const found = [...lines.lineText(position.line).matchAll(/"([\w-]+)"/g)].find(
    ({ index, 0: quoted }) => index <= position.character && position.character <= index + quoted.length,
  );
  const id = found?.[1];
  if (!found || ![...allRules, ...ownRules].some((rule) => rule.id === id)) return null;
  const { line } = position;
  const end = found.index + found[0].length;
  const range = { start: { line, character: found.index }, end: { line, character: end } };
  return { contents: markup(abilities, aboutRule(id ?? '', pages)), range };
}

interface NamedRule {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** The rule that a directive names at a column of its line: by our id, or by that of an equivalent rule elsewhere. */
function ruleNamedAt(line: string, character: number): NamedRule | undefined {
  const directive = directivePattern.exec(line);
  if (!directive || character < directive.index) return undefined;
  const reason = / --+(?:\s|$)/.exec(line.slice(directive.index));
  if (reason && character > directive.index + reason.index) return undefined;
  for (const match of line.matchAll(/[@\w/:-]+/g)) {
    const start = match.index;
    const end = start + match[0].length;
    if (character < start || end < character) continue;
    const rule =
      allRules.find(
        ({ id, equivalents }) => id === match[0] || equivalents.some((other) => isNamed(other, match[0])),
      ) ?? ownRules.find(({ id }) => id === match[0]);
    return rule && { rule: rule.id, start, end };
  }
  return undefined;
}

function isNamed(equivalent: string, written: string): boolean {
  return equivalent === written || (equivalent.startsWith('biome:') && written.endsWith(`/${equivalent.slice(6)}`));
}

/** What is known of an `await` or of a call that gives a promise, with links to the places that show it. */
function aboutWait({ text, facts }: ExplainedWait, { documents }: ServerContext): string {
  const link = ({ file, start, code }: Place): string => {
    const name = `[${basename(file)}:${start.line + 1}](${documents.uriOf(file)}#L${start.line + 1})`;
    return code === '' ? name : `${name} ${inCode(code)}`;
  };
  const row = ({ about, text: said, places }: Fact): string =>
    `- *${about}*: ${[said, ...places.slice(0, mostPlaces).map(link)].join(' · ')}`;
  return [`**${text}**`, facts.map(row).join('\n')].filter((part) => part !== '').join('\n\n');
}

const mostPlaces = 3;

function aboutFinding(finding: Finding, pages: RulePages): string {
  const rule = allRules.find(({ id }) => id === finding.rule);
  return [
    `**${finding.message}**`,
    finding.why,
    finding.help,
    ...(rule ? [`*Principle ${rule.principle}: ${principles[rule.principle]}*`] : []),
    linkTo(finding.rule, pages),
  ].join('\n\n');
}

function aboutRule(id: string, pages: RulePages): string {
  const rule = allRules.find((each) => each.id === id);
  if (!rule) {
    return [`**${id}**: ${ownRules.find((each) => each.id === id)?.summary ?? ''}`, linkTo(id, pages)].join('\n\n');
  }
  const whys = [...new Set(Object.values(rule.messages).map(({ why }) => why))].filter((why) => !why.includes('{'));
  return [
    `**${id}**: ${rule.summary}`,
    ...whys.slice(0, 1),
    `*Principle ${rule.principle}: ${principles[rule.principle]}*`,
    linkTo(id, pages),
  ].join('\n\n');
}

function linkTo(rule: string, pages: RulePages): string {
  const page = pages.uriOf(rule);
  return page === undefined ? `asynclint(${rule})` : `asynclint([${rule}](${page}))`;
}
