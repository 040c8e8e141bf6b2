import { readdir } from 'node:fs/promises';
import { pathOfUri } from './uris.ts';

/** Where the pages of the rules are, as they came with the program. */
export interface RulePages {
  /** The URI of a rule's page, or undefined where it has none. */
  uriOf(rule: string): string | undefined;
}

/**
 * Looks which pages there are.
 * @param folder the URI of the folder, if the client says where; else the pages beside the program are taken
 */
export async function findRulePages(folder: string | undefined): Promise<RulePages> {
  for (const candidate of folder === undefined ? besideTheProgram : [folder]) {
    const base = candidate.endsWith('/') ? candidate : `${candidate}/`;
    const names = await readdir(pathOfUri(base) ?? '').catch(() => []);
    const rules = new Set(names.filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -'.md'.length)));
    if (rules.size > 0) return { uriOf: (rule) => (rules.has(rule) ? `${base}${rule}.md` : undefined) };
  }
  return { uriOf: () => undefined };
}

/** In the npm package the pages lie in `docs` beside `dist`; so they do in a checkout. */
const besideTheProgram = [new URL('../docs/rules/', import.meta.url).href];
