import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Rule } from '../../server/src/rules/define.ts';
import { repository } from './workspace.ts';

/** A rule, or why it could not be loaded. */
export type LoadedRule = { readonly rule: Rule } | { readonly failure: string };

/** Loads each rule from its own file, so that a mistake in one leaves the fixtures of the others standing. */
export async function loadRules(ids: readonly string[]): Promise<ReadonlyMap<string, LoadedRule>> {
  const folder = `${repository}/server/src/rules`;
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = new Map(
    entries.filter((entry) => entry.isFile()).map((entry) => [entry.name, `${entry.parentPath}/${entry.name}`]),
  );
  return new Map(await Promise.all(ids.map(async (id) => [id, await loadRule(id, files.get(`${id}.ts`))] as const)));
}

/** All rules of the product: those loaded already, and the others from the registry, unless that is broken by one of them. */
export async function withRegistry(rules: readonly Rule[]): Promise<readonly Rule[]> {
  const registry = await import('../../server/src/rules/registry.ts').catch(() => ({ allRules: [] }));
  const known = new Set(rules.map((rule) => rule.id));
  return [...rules, ...registry.allRules.filter((rule) => !known.has(rule.id))];
}

async function loadRule(id: string, file: string | undefined): Promise<LoadedRule> {
  if (file === undefined)
    return {
      failure: `There is no rule file server/src/rules/<family>/${id}.ts for the fixtures of test/rules/${id}.`,
    };
  try {
    const exported = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
    const rule = Object.values(exported).find((value): value is Rule => isRule(value) && value.id === id);
    return rule ? { rule } : { failure: `${file} exports no rule with the id ${id}.` };
  } catch (error) {
    return {
      failure: `${file} cannot be loaded: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    };
  }
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'id' in value && 'on' in value && 'messages' in value;
}
