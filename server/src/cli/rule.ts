import picocolors from 'picocolors';
import { nearestName } from '../engine/nearest-name.ts';
import { ownRules } from '../engine/own-rules.ts';
import type { RuleMeta } from '../model/rule.ts';
import { type ExitCode, UsageFailure, wantsColor } from './io.ts';
import type { ProgramTools } from './program.ts';

/** `asynclint rule <id>`: what the rule is, its options, and its page. */
export async function showRule(id: string, { io, rules, rulePage }: ProgramTools): Promise<ExitCode> {
  const colors = picocolors.createColors(wantsColor(io));
  const own = ownRules.find((rule) => rule.id === id);
  if (own) {
    await io.stdout(`${colors.bold(own.id)}: ${own.summary}\n\nseverity ${own.severity}\n`);
    return 0;
  }
  const rule = rules.find((each) => each.id === id);
  if (!rule) {
    throw new UsageFailure(noSuchRule(id, [...rules, ...ownRules]));
  }
  const page = await rulePage(id);
  const facts = [`preset ${rule.preset}`, `severity ${rule.severity}`, `since ${rule.since}`];
  const head = [`${colors.bold(rule.id)}: ${rule.summary}`, '', colors.dim(facts.join(' · ')), ''];
  const body = page === undefined ? described(rule) : [readable(page).trim()];
  await io.stdout(`${[...head, ...body].join('\n')}\n`);
  return 0;
}

/** That there is no rule of this name, and which one may be meant. */
export function noSuchRule(id: string, rules: readonly Pick<RuleMeta, 'id'>[]): string {
  const nearest = nearestName(
    id,
    rules.map((each) => each.id),
  );
  const next = nearest === undefined ? '; asynclint rules lists all' : `; did you mean "${nearest}"?`;
  return `there is no rule "${id}"${next}`;
}

/** What the rule itself knows, for a rule whose page is not at hand. */
function described(rule: RuleMeta): string[] {
  const messages = Object.values(rule.messages).flatMap(({ text, why, help }) => [text, `  ${why}`, `  ${help}`, '']);
  const options = Object.entries(rule.options).map(
    ([name, option]) => `  ${name} (${JSON.stringify(option.default)}): ${option.description}`,
  );
  return [...messages, ...(options.length > 0 ? ['Options:', ...options] : [])];
}

/** The page without its front matter and without comments, which mark what is generated. */
function readable(page: string): string {
  return page.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '').replace(/^<!--[\s\S]*?-->\r?\n/gm, '');
}
