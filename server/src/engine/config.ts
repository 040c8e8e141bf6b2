import ignore, { type Ignore } from 'ignore';
import type { Severity } from '../model/finding.ts';
import type { Host } from '../model/host.ts';
import type { Preset, RuleMeta, RuleOption, RulePreset } from '../model/rule.ts';
import { ancestors, basename, dirname, isInside, join } from '../typescript/paths.ts';
import type { ConfigContent, RuleSetting } from './config-schema.ts';
import { ownKnowledge } from './knowledge-store.ts';
import { ownRules } from './own-rules.ts';
import { type ConfigProblem, type ParsedConfig, parseConfig, problemMaker } from './parse-config.ts';

export const configFileName = 'asynclint.jsonc';

export interface RuleSettings {
  readonly severity: Severity;
  /** Every option of the rule, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What holds for one file: the nearest config over the defaults. */
export interface ResolvedConfig {
  /** The config file that decided; absent where none was found. */
  readonly file?: string;
  /** Every config file that was read, whether or not it exists; a change of one of them may change this. */
  readonly dependsOn: readonly string[];
  readonly preset: Preset;
  /** The rules that are on, the engine's own (`unused-directive`) included. */
  readonly rules: ReadonlyMap<string, RuleSettings>;
  readonly ignore: IgnoreMatcher;
  readonly problems: readonly ConfigProblem[];
  /** What it says about functions of packages and of own files. */
  readonly knowledge: ReturnType<typeof ownKnowledge>;
}

/** Whether the config leaves a path out. Paths outside the config's folder never match. */
export interface IgnoreMatcher {
  file(path: string): boolean;
  /** True where everything below the directory is left out too. */
  directory(path: string): boolean;
}

export interface ConfigOverrides {
  /** Wins over the preset of the file. */
  readonly preset?: Preset | undefined;
  /** The ids of the rules to run, whatever the config says of them and of others; their options still count. */
  readonly only?: readonly string[] | undefined;
  /** Absolute path of the config file to use instead of the nearest one. */
  readonly configFile?: string | undefined;
}

/** The config of one file, read afresh. A `ConfigStore` answers the same from memory. */
export function resolveConfig(
  host: Host,
  file: string,
  rules: readonly RuleMeta[],
  overrides: ConfigOverrides = {},
): Promise<ResolvedConfig> {
  return ConfigStore.create(host, rules).forFile(file, overrides);
}

/** Remembers which config holds for which folder, until somebody says that a config changed. */
export class ConfigStore {
  readonly #host: Host;
  readonly #rules: readonly RuleMeta[];
  readonly #nearest = new Map<string, Promise<string | undefined>>();
  readonly #resolved = new Map<string, Promise<ResolvedConfig>>();
  readonly #read = new Set<string>();

  private constructor(host: Host, rules: readonly RuleMeta[]) {
    this.#host = host;
    this.#rules = rules;
  }

  static create(host: Host, rules: readonly RuleMeta[]): ConfigStore {
    return new ConfigStore(host, rules);
  }

  /** The config that holds for a file (absolute path). Problems of the config are part of the answer; it does not reject. */
  async forFile(file: string, overrides: ConfigOverrides = {}): Promise<ResolvedConfig> {
    const configFile = overrides.configFile ?? (await this.#nearestConfig(dirname(file)));
    const key = `${overrides.preset ?? ''}\n${overrides.only?.join() ?? ''}\n${configFile ?? ''}`;
    const known = this.#resolved.get(key);
    if (known) return known;
    const resolving = this.#resolve(configFile, overrides);
    this.#resolved.set(key, resolving);
    return resolving;
  }

  /** Forgets what rests on a file that was changed, created or deleted. Returns whether any config may be another now. */
  invalidate(path: string): boolean {
    const name = basename(path);
    if (name !== configFileName && name !== 'package.json' && !this.#read.has(path)) return false;
    this.#nearest.clear();
    this.#resolved.clear();
    this.#read.clear();
    return true;
  }

  #nearestConfig(directory: string): Promise<string | undefined> {
    const known = this.#nearest.get(directory);
    if (known) return known;
    const searching = this.#searchFrom(directory);
    this.#nearest.set(directory, searching);
    return searching;
  }

  async #searchFrom(directory: string): Promise<string | undefined> {
    const { files } = await this.#host.list(directory);
    if (files.includes(configFileName)) return join(directory, configFileName);
    if (files.includes('package.json')) {
      const manifest = join(directory, 'package.json');
      const { text } = await readOrExplain(this.#host, manifest);
      if (text?.includes('"asynclint"') && isConfig(parseConfig(manifest, text, this.#rules))) return manifest;
    }
    const parent = [...ancestors(directory)][1];
    return parent === undefined ? undefined : this.#nearestConfig(parent);
  }

  async #resolve(file: string | undefined, overrides: ConfigOverrides): Promise<ResolvedConfig> {
    if (file === undefined) return compose(undefined, [], [], [], this.#rules, overrides);
    const own = await this.#load(file);
    const problems = [...own.problems];
    const contents = [own.content];
    const files = [file];
    if (own.content.extends !== undefined) {
      const baseFile = join(dirname(file), own.content.extends);
      files.push(baseFile);
      const base = baseFile === file ? undefined : await this.#load(baseFile);
      const report = problemMaker(file, own.text);
      const at = own.spanOf('extends');
      if (!base) problems.push(report('extends', at, 'A config file cannot extend itself'));
      else if (base.missing) {
        problems.push(report('extends', at, `There is no file "${own.content.extends}" to extend`));
      } else {
        contents.unshift(base.content);
        problems.push(...base.problems);
        if (base.content.extends !== undefined) {
          const inBase = problemMaker(baseFile, base.text);
          const message = 'A config file that is extended cannot extend another; move its settings here';
          problems.push(inBase('extends', base.spanOf('extends'), message));
        }
      }
    }
    for (const read of files) this.#read.add(read);
    return compose(file, files, contents, problems, this.#rules, overrides);
  }

  async #load(file: string): Promise<ParsedConfig & { readonly text: string; readonly missing: boolean }> {
    const { text, failure } = await readOrExplain(this.#host, file);
    const empty = { content: {}, spanOf: () => ({ start: 0, end: 0 }) };
    if (failure !== undefined) {
      const problem = problemMaker(file, '')(
        'unreadable',
        { start: 0, end: 0 },
        `This file cannot be read: ${failure}`,
      );
      return { ...empty, problems: [problem], text: '', missing: false };
    }
    const parsed = text === undefined ? undefined : parseConfig(file, text, this.#rules);
    return { ...(parsed ?? { ...empty, problems: [] }), text: text ?? '', missing: text === undefined };
  }
}

/** What a package says to its users is no config for its own files. */
function isConfig(parsed: ParsedConfig | undefined): boolean {
  if (!parsed) return false;
  const { provides, ...rest } = parsed.content;
  return provides === undefined || Object.keys(rest).length > 0 || parsed.problems.length > 0;
}

function compose(
  file: string | undefined,
  dependsOn: readonly string[],
  contents: readonly ConfigContent[],
  problems: readonly ConfigProblem[],
  rules: readonly RuleMeta[],
  overrides: ConfigOverrides,
): ResolvedConfig {
  const preset =
    overrides.preset ?? contents.findLast((content) => content.preset !== undefined)?.preset ?? 'recommended';
  // The entry of the nearer file replaces the base's entry for the same rule as a whole: one place decides.
  const entries: Readonly<Record<string, RuleSetting | undefined>> = Object.assign(
    {},
    ...contents.map((content) => content.rules ?? {}),
  );
  const { only } = overrides;
  const enabled = new Map<string, RuleSettings>();
  for (const rule of rules) {
    const defaults = Object.fromEntries(
      Object.entries(rule.options).map(([name, option]) => [name, defaultUnder(preset, option)]),
    );
    const isOn = only ? only.includes(rule.id) : isInPreset(rule.preset, preset);
    const settings = settle(only ? 'options' : 'all', entries[rule.id], isOn, rule.severity, defaults);
    if (settings) enabled.set(rule.id, settings);
  }
  for (const rule of ownRules) {
    const isOn = only?.includes(rule.id) ?? true;
    const settings = settle(only ? 'options' : 'all', entries[rule.id], isOn, rule.severity, {});
    if (settings) enabled.set(rule.id, settings);
  }
  return {
    ...(file === undefined ? {} : { file }),
    dependsOn,
    preset,
    rules: enabled,
    ignore: ignoreMatcher(
      file === undefined ? undefined : dirname(file),
      contents.flatMap((content) => content.ignore ?? []),
    ),
    problems,
    knowledge: ownKnowledge(
      file === undefined ? '/' : dirname(file),
      Object.assign({}, ...contents.map((content) => content.knowledge ?? {})),
    ),
  };
}

/**
 * The settings of one rule, or undefined where it is off.
 * @param counts what of the config's entry counts: everything, or not whether the rule is on
 */
function settle(
  counts: 'all' | 'options',
  entry: RuleSetting | undefined,
  isOn: boolean,
  severity: Severity,
  defaults: Readonly<Record<string, unknown>>,
): RuleSettings | undefined {
  const { severity: chosen, ...options } = typeof entry === 'object' ? entry : { severity: entry };
  const isWanted = counts === 'all' && chosen !== undefined ? chosen !== 'off' : isOn;
  if (!isWanted) return undefined;
  return {
    severity: chosen === undefined || chosen === 'off' ? severity : chosen,
    options: { ...defaults, ...options },
  };
}

function defaultUnder(preset: Preset, option: RuleOption): unknown {
  if (option.type === 'flag') {
    const isOn = preset === 'all' ? option.onFrom !== undefined : option.onFrom === preset;
    return isOn || option.default;
  }
  const inStrict = option.type === 'choice' && preset !== 'recommended' ? option.inStrict : undefined;
  return inStrict ?? option.default;
}

/** Whether a rule of one preset is on under the preset that the user chose. */
export function isInPreset(rule: RulePreset, chosen: Preset): boolean {
  if (rule === 'recommended' || chosen === 'all') return true;
  return rule === 'strict' && chosen === 'strict';
}

function ignoreMatcher(folder: string | undefined, patterns: readonly string[]): IgnoreMatcher {
  if (folder === undefined || patterns.length === 0) return { file: () => false, directory: () => false };
  const matcher: Ignore = ignore({ ignorecase: false, allowRelativePaths: true }).add(patterns);
  const matches = (path: string, suffix: string): boolean => {
    if (!isInside(path, folder)) return false;
    return matcher.ignores(path.slice(folder.endsWith('/') ? folder.length : folder.length + 1) + suffix);
  };
  return { file: (path) => matches(path, ''), directory: (path) => matches(path, '/') };
}

async function readOrExplain(
  host: Host,
  file: string,
): Promise<{ readonly text?: string | undefined; readonly failure?: string }> {
  try {
    return { text: await host.readFile(file) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
