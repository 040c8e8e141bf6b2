/**
 * Checks many changed versions of a project at once. Every version of a file gets a folder of its own beside the others
 * in one program, which is far quicker than one program after another; what a version cannot touch is left out.
 */

import type { Linter } from '../../server/src/engine/linter.ts';
import type { Finding, Fix } from '../../server/src/model/finding.ts';
import type { Session } from '../../server/src/typescript/session.ts';
import { groupBy } from './group-by.ts';
import { groupedByOptions, lintMilliseconds, writeConfig } from './lint-fixtures.ts';
import type { RuleFixtures, Workspace } from './workspace.ts';

/** Some files of the project with other texts. */
export interface Variant {
  /** By path relative to the project. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What the linter and the compiler say of one file of a variant. */
export interface CheckedFile {
  /** Absolute: the edits of the fixes refer to it. */
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly fixes: ReadonlyMap<Finding, readonly Fix[]>;
  /** The compiler's complaints as `TS2345: text`, without positions. */
  readonly complaints: readonly string[];
}

type LintedFile = Omit<CheckedFile, 'complaints' | 'path'>;

/** The files of a variant and those that import them, by relative path. */
export type CheckedVariant = ReadonlyMap<string, CheckedFile>;

export interface Tools {
  readonly linter: Linter;
  /** A second compiler, for its complaints. */
  readonly compiler: Session;
  readonly workspace: Workspace;
  readonly ruleIds: readonly string[];
}

/** @param label names the folder of these variants in the workspace; no two calls may share one */
export async function checkVariants(
  tools: Tools,
  fixtures: RuleFixtures,
  variants: readonly Variant[],
  label: string,
): Promise<readonly CheckedVariant[]> {
  const project = projectOf(fixtures);
  const placed = place(project, variants);
  const isApart = project.texts.has('tsconfig.json');
  const folders = new Map<number, string>();
  const roots = new Map<string, Map<string, string>>();
  for (const [round, members] of placed.rounds.entries()) {
    const isScript = members.some((variant) => [...variant.texts].some(([file, text]) => isGlobalScript(file, text)));
    // A program of its own where the project has its own options, or where names would clash.
    const isAlone = isApart || isScript;
    const root = `${fixtures.rule}-${label}${isAlone ? `-${round}` : ''}`;
    const folder = isAlone ? '' : `r${round}/`;
    folders.set(round, `${tools.workspace.root}/${root}/${folder}`);
    const texts = roots.get(root) ?? new Map<string, string>();
    roots.set(root, texts);
    for (const [file, text] of project.shared) texts.set(folder + file, text);
    for (const [file, text] of project.ambient) texts.set(isAlone ? file : `ambient/${file}`, text);
    for (const file of members.flatMap((variant) => [...occupied(project, variant)]))
      texts.set(folder + file, project.texts.get(file) ?? '');
    for (const variant of members) for (const [file, text] of variant.texts) texts.set(folder + file, text);
  }
  for (const [root, texts] of roots) await tools.workspace.project(root, texts);

  const wanted = new Map<string, { readonly variant: Variant; readonly file: string }>();
  for (const [round, members] of placed.rounds.entries()) {
    for (const variant of members)
      for (const file of occupied(project, variant))
        if (project.options.has(file)) wanted.set(`${folders.get(round)}${file}`, { variant, file });
  }
  const [results, complaints] = await Promise.all([
    lintAll(tools, fixtures, wanted),
    complaintsOf(tools.compiler, [...wanted.keys()]),
  ]);
  const checked = new Map(variants.map((variant) => [variant, new Map<string, CheckedFile>()]));
  for (const [path, { variant, file }] of wanted) {
    const result = results.get(path);
    if (!result) throw new Error(`${path} was not linted.`);
    checked.get(variant)?.set(file, { path, ...result, complaints: complaints.get(path) ?? [] });
  }
  return variants.map((variant) => checked.get(variant) ?? new Map());
}

interface Project {
  readonly texts: ReadonlyMap<string, string>;
  /** Files that may be imported, and everything that is no source: every folder needs them. */
  readonly shared: ReadonlyMap<string, string>;
  /** Declarations that hold for the whole program: one copy is enough, and two would clash. */
  readonly ambient: ReadonlyMap<string, string>;
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** The options of every file that is linted, as JSON. */
  readonly options: ReadonlyMap<string, string>;
}

function projectOf(fixtures: RuleFixtures): Project {
  const sources = new Map(fixtures.fixtures.map((fixture) => [fixture.path, fixture.code]));
  const texts = new Map([...fixtures.others, ...sources]);
  const shared = new Map<string, string>();
  const ambient = new Map<string, string>();
  const importers = new Map<string, readonly string[]>();
  for (const [file, text] of texts) {
    const by = [...sources].filter(([other, source]) => other !== file && names(source, file)).map(([other]) => other);
    importers.set(file, by);
    if (/\.d\.[cm]?ts$/.test(file) && !/^\s*(?:import|export)\b/m.test(text)) ambient.set(file, text);
    else if (by.length > 0 || !sources.has(file)) shared.set(file, text);
  }
  return {
    texts,
    shared,
    ambient,
    importers,
    options: new Map(fixtures.fixtures.map((fixture) => [fixture.path, JSON.stringify(fixture.options)])),
  };
}

/** Whether a relative specifier of the text ends in the file's name. */
function names(text: string, file: string): boolean {
  const stem = (name: string): string => name.replace(/^.*\//, '').replace(/(?:\.d)?\.\w+$/, '');
  const specifiers = text.matchAll(/['"](\.{1,2}\/[^'"\n]*)['"]/g);
  return [...specifiers].some(
    ([, specifier = '']) => stem(specifier) === stem(file) || specifier.endsWith(`/${stem(file)}`),
  );
}

/** The files that one variant concerns: those that it changes and those that import them. */
function occupied(project: Project, variant: Variant): ReadonlySet<string> {
  return new Set([...variant.texts.keys()].flatMap((file) => [file, ...(project.importers.get(file) ?? [])]));
}

/** Puts variants that concern different files into one folder. */
function place(project: Project, variants: readonly Variant[]): { readonly rounds: readonly (readonly Variant[])[] } {
  const rounds: Variant[][] = [];
  const taken: Set<string>[] = [];
  for (const variant of variants) {
    const files = occupied(project, variant);
    // What others import is in every folder; a changed version of it needs a folder for itself.
    const changesShared = [...variant.texts.keys()].some((file) => project.shared.has(file));
    let round = changesShared
      ? rounds.length
      : taken.findIndex((others) => [...files].every((file) => !others.has(file)) && !others.has('*'));
    if (round === -1) round = rounds.length;
    rounds[round] = [...(rounds[round] ?? []), variant];
    taken[round] = new Set([...(taken[round] ?? []), ...files, ...(changesShared ? ['*'] : [])]);
  }
  return { rounds };
}

/** A file without imports and exports shares its names with the whole program, and so cannot stand beside its other versions. */
function isGlobalScript(file: string, text: string): boolean {
  if (/^\s*(?:import|export)\b/m.test(text) || /\.[cm][jt]s$/.test(file)) return false;
  return !/\.jsx?$/.test(file) || !/\b(?:require\s*\(|module\.exports|exports\.)/.test(text);
}

async function lintAll(
  { linter, workspace, ruleIds }: Tools,
  fixtures: RuleFixtures,
  wanted: ReadonlyMap<string, { readonly file: string }>,
): Promise<ReadonlyMap<string, LintedFile>> {
  const found = new Map<string, LintedFile>();
  for (const [options, group] of groupedByOptions(fixtures.fixtures)) {
    const inGroup = new Set(group.map((fixture) => fixture.path));
    const paths = [...wanted].filter(([, { file }]) => inGroup.has(file)).map(([path]) => path);
    const configFile = await writeConfig(workspace, fixtures.rule, ruleIds, options, 'preset');
    const results = await linter.lint(paths, {
      signal: AbortSignal.timeout(lintMilliseconds),
      configFile,
      withFixes: true,
    });
    for (const result of results)
      found.set(result.file, { text: result.text, findings: result.findings, fixes: result.fixes ?? new Map() });
  }
  return found;
}

async function complaintsOf(
  compiler: Session,
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  await using lease = await compiler.lease(paths, AbortSignal.timeout(lintMilliseconds));
  const byProgram = groupBy(paths, (path) => lease.program(path));
  const found = new Map<string, string[]>();
  await Promise.all(
    [...byProgram].map(async ([program, files]) => {
      for (const diagnostic of await program.diagnostics(files)) {
        // An error that was expected and is gone is what a fix is for.
        if (diagnostic.code === unusedExpectError) continue;
        const path = diagnostic.fileName ?? '';
        const folder = path.slice(0, path.lastIndexOf('/'));
        const list = found.get(path) ?? [];
        list.push(`TS${diagnostic.code}: ${diagnostic.text.replaceAll(folder, '.')}`);
        found.set(path, list);
      }
    }),
  );
  return found;
}

const unusedExpectError = 2578;
