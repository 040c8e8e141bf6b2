import { ConfigStore } from '../engine/config.ts';
import { filesToLint, projectFilesToLint } from '../engine/file-set.ts';
import { fixAll } from '../engine/fix-all.ts';
import type { LinterOptions } from '../engine/linter.ts';
import { nearestName } from '../engine/nearest-name.ts';
import type { ConfigProblem } from '../engine/parse-config.ts';
import type { Host } from '../model/host.ts';
import type { FileResult } from '../model/result.ts';
import type { Preset } from '../model/rule.ts';
import { withBuffers } from '../node-host.ts';
import { formatGithub } from '../report/github.ts';
import { formatJson } from '../report/json.ts';
import { formatPretty } from '../report/pretty.ts';
import { countBySeverity, furtherFiles, plural, type Report, relativePath } from '../report/report.ts';
import { formatSarif } from '../report/sarif.ts';
import type { Rule } from '../rules/define.ts';
import { join } from '../typescript/paths.ts';
import { commandNames } from './commands.ts';
import { type ExitCode, type Io, reasonOf, UsageFailure, wantsColor } from './io.ts';
import { type CreateLinter, endedBySignal, type LinterOfCheck } from './linter-of-check.ts';
import { startProgress } from './progress.ts';
import { type Rewrite, writeFiles } from './write-files.ts';

export const formats = ['pretty', 'json', 'sarif', 'github'] as const;

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly project?: string | undefined;
  readonly preset?: Preset | undefined;
  /** The ids of the rules to run, instead of those that are on. */
  readonly only?: readonly string[] | undefined;
  readonly format?: (typeof formats)[number] | undefined;
  readonly fix: boolean;
  readonly maxWarnings?: number | undefined;
  readonly quiet: boolean;
  /** Whether results are kept between runs. */
  readonly cache: boolean;
  /** The folder in which they are kept, instead of the operating system's for such things. */
  readonly cacheLocation?: string | undefined;
}

export interface CheckTools {
  readonly io: Io;
  readonly host: Host;
  readonly rules: readonly Rule[];
  readonly createLinter: CreateLinter;
  /** Opens the cache in a folder, absolute, or in the usual one. */
  readonly openCache: (folder: string | undefined) => Promise<LinterOptions['cache']>;
  readonly version: string;
}

/** `asynclint check`: lints, fixes if asked to, and reports. Throws UsageFailure where it cannot run. */
export async function check(options: CheckOptions, tools: CheckTools): Promise<ExitCode> {
  const { io, rules } = tools;
  const started = tools.host.now();
  const buffers = new Map<string, string>();
  const host = withBuffers(tools.host, buffers);
  const tsconfig = options.project === undefined ? undefined : await tsconfigAt(options.project, tools);
  const format = options.format ?? (io.env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'pretty');
  const progress = startProgress(io);
  const folder = options.cacheLocation === undefined ? undefined : join(io.cwd, options.cacheLocation);
  const cache = options.cache ? await tools.openCache(folder) : undefined;
  const linter = tools.createLinter({ host, rules, cwd: io.cwd, cache });
  using _ = endedBySignal(linter, io.signal);
  try {
    progress.say('Looking for files');
    const files = await selectFiles(options, tsconfig, linter, tools);
    if (files.length === 0) return 0;
    const lintOptions = {
      signal: io.signal,
      preset: options.preset,
      only: options.only,
      tsconfig,
      freshFixes: options.fix,
      withFixes: options.fix || format === 'json' || format === 'sarif',
    };
    progress.say(`Loading the project of ${plural(files.length, 'file')}`);
    const lint = (what: readonly string[]): Promise<readonly FileResult[]> => {
      const onResult = (_result: FileResult, done: number, total: number): void =>
        progress.say(`Checked ${done} of ${plural(total, 'file')}`);
      return lintWithSecondTry(linter, what, { ...lintOptions, onResult }).catch((error) =>
        refuseBrokenProject(error, io),
      );
    };
    let results = await lint(files);
    requireComplete(results, io);
    let fixed = 0;
    if (options.fix) {
      const setText = (file: string, text: string): void => {
        buffers.set(file, text);
        linter.setBuffer(file, text);
      };
      const outcome = await fixAll({ results, lint, setText, textOf: (file) => host.readFile(file) });
      requireComplete(outcome.results, io);
      io.signal.throwIfAborted();
      await write(outcome.rewrites, io);
      results = outcome.results;
      fixed = outcome.count;
    }
    const further = furtherFiles(results);
    const texts = await Promise.all(further.map((file) => host.readFile(file).catch(() => undefined)));
    const report: Report = {
      cwd: io.cwd,
      results: options.quiet ? results.map(onlyErrors) : results,
      isOnlyErrors: options.quiet,
      texts: new Map(
        further.flatMap((file, index) => (texts[index] === undefined ? [] : [[file, texts[index]] as const])),
      ),
      rules,
      milliseconds: tools.host.now() - started,
      fixed,
      version: tools.version,
    };
    progress.clear();
    const failures = await printNotes(results, io);
    await io.stdout(render(report, format, io));
    // What cannot be kept costs time at the next run; the report stands.
    await linter.keep(io.signal).catch(() => undefined);
    const code = exitCode(results, options);
    if (code === 1 && options.maxWarnings !== undefined && countBySeverity(results).error === 0) {
      await io.stderr(`asynclint: more warnings than --max-warnings ${options.maxWarnings} allows\n`);
    }
    return failures > 0 ? 2 : code;
  } finally {
    progress.clear();
    await linter.dispose();
  }
}

/** The tsconfig that `-p` names, by its path or by its folder. Throws UsageFailure where there is none. */
export async function tsconfigAt(given: string, { io, host }: CheckTools): Promise<string> {
  const path = join(io.cwd, given);
  const kind = await host.kind(path);
  const file = kind === 'directory' ? join(path, 'tsconfig.json') : path;
  if ((await host.kind(file)) === 'file') return file;
  throw new UsageFailure(`there is no ${relativePath(io.cwd, file)}; give -p the path of a tsconfig`);
}

/** Rejects with UsageFailure where `error` says that the tsconfig cannot be used, and else with `error` itself. */
export function refuseBrokenProject(error: unknown, io: Io): never {
  if (!(error instanceof Error && error.name === 'ConfigError')) throw error;
  throw new UsageFailure(`${shortPaths(reasonOf(error), io)}; mend it, or give another with -p`);
}

async function selectFiles(
  options: CheckOptions,
  tsconfig: string | undefined,
  linter: LinterOfCheck,
  { io, host, rules }: CheckTools,
): Promise<readonly string[]> {
  const configs = ConfigStore.create(host, rules);
  const configOf = (path: string) => configs.forFile(path, { preset: options.preset, only: options.only });
  if (tsconfig !== undefined && options.paths.length === 0) {
    const all = await linter.projectFiles(tsconfig, io.signal).catch((error: unknown) => {
      throw new UsageFailure(`${shortPaths(reasonOf(error), io)}; mend it, or give another with -p`);
    });
    const files = await projectFilesToLint(all, configOf);
    await refuseBrokenConfigs([tsconfig, ...files], configOf, io);
    if (files.length > 0) return files;
    throw new UsageFailure(`${relativePath(io.cwd, tsconfig)} has no files to lint; check its "include" and "files"`);
  }
  const paths = options.paths.length === 0 ? ['.'] : options.paths;
  const set = await filesToLint({ host, cwd: io.cwd, paths, configOf, signal: io.signal });
  const [missing] = set.unmatched;
  if (missing?.isPattern)
    throw new UsageFailure(`no file matches "${missing.path}"; name other paths, or check .gitignore and "ignore"`);
  if (missing) throw new UsageFailure(`there is no file or folder "${missing.path}"${commandMeant(missing.path)}`);
  await refuseBrokenConfigs([...set.files, join(io.cwd, '_')], configOf, io);
  for (const note of set.notes) await io.stderr(`asynclint: ${note.text}\n`);
  // A file that the config leaves out is no mistake of who names it: a commit hook names what changed.
  if (set.files.length === 0 && !set.notes.some((note) => note.level === 'info')) {
    throw new UsageFailure(
      `no TypeScript or JavaScript to lint in ${paths.join(' ')}; name other paths, or check .gitignore and "ignore"`,
    );
  }
  return set.files;
}

function commandMeant(path: string): string {
  const nearest = /^[a-z]+$/.test(path) ? nearestName(path, commandNames) : undefined;
  return nearest === undefined ? '; check the spelling' : `; did you mean the command "${nearest}"?`;
}

/** Throws UsageFailure with every problem of the configs of some files. */
export async function refuseBrokenConfigs(
  files: readonly string[],
  configOf: (file: string) => Promise<{ readonly problems: readonly ConfigProblem[] }>,
  io: Io,
): Promise<void> {
  const configs = new Set(await Promise.all(files.map(configOf)));
  const problems = [...configs].flatMap((config) => config.problems);
  if (problems.length === 0) return;
  const lines = problems.map(
    ({ file, start, message }) => `${relativePath(io.cwd, file)}:${start.line + 1}:${start.character + 1} ${message}`,
  );
  throw new UsageFailure([...new Set(lines)].join('\n'));
}

/** The compiler may die once, of whatever; dying again on the same files has a reason that a third try would not cure. */
async function lintWithSecondTry(
  linter: LinterOfCheck,
  files: readonly string[],
  options: Parameters<LinterOfCheck['lint']>[1],
): Promise<readonly FileResult[]> {
  const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'CompilerGone';
  try {
    return await linter.lint(files, options);
  } catch (error) {
    options.signal.throwIfAborted();
    if (!isGone(error)) throw error;
  }
  try {
    return await linter.lint(files, options);
  } catch (error) {
    options.signal.throwIfAborted();
    if (!isGone(error)) throw error;
    throw new UsageFailure(
      'the TypeScript compiler ended twice while checking; check fewer files at a time, or free some memory',
    );
  }
}

/** A file or a tsconfig that could not be read leaves no report to stand on. */
function requireComplete(results: readonly FileResult[], io: Io): void {
  for (const result of results) {
    for (const note of result.notes) {
      if (note.level !== 'error' || note.rule !== undefined) continue;
      const next =
        note.file === result.file ? 'check its permissions, or add it to "ignore"' : 'mend it, or give another with -p';
      throw new UsageFailure(`${shortPaths(note.text, io)}; ${next}`);
    }
  }
}

/** Prints each note once. Returns how many rules failed. */
async function printNotes(results: readonly FileResult[], io: Io): Promise<number> {
  const texts = new Map<string, boolean>();
  for (const { notes } of results) {
    for (const note of notes) {
      const where = note.file === undefined ? '' : `${relativePath(io.cwd, note.file)}: `;
      texts.set(shortPaths(where + reasonOf(note.text), io), note.level === 'error');
    }
  }
  for (const text of texts.keys()) await io.stderr(`asynclint: ${text}\n`);
  return [...texts.values()].filter((isFailure) => isFailure).length;
}

async function write(rewrites: readonly Rewrite[], io: Io): Promise<void> {
  const { refusals, written } = await writeFiles(rewrites);
  if (refusals.length === 0) return;
  const list = refusals.map(({ file, reason }) => `${relativePath(io.cwd, file)} ${reason}`).join(', ');
  const rest = written === 0 ? 'no file was written' : `${plural(written, 'file')} before it written`;
  const isMeanwhile = refusals.every(({ isMeanwhile }) => isMeanwhile);
  throw new UsageFailure(`${list}; ${rest}, so ${isMeanwhile ? '' : 'mend that and '}run --fix again`);
}

function render(report: Report, format: (typeof formats)[number], io: Io): string {
  switch (format) {
    case 'json':
      return formatJson(report);
    case 'sarif':
      return formatSarif(report);
    case 'github':
      return formatGithub(report);
    case 'pretty':
      return formatPretty(report, { color: wantsColor(io) });
  }
}

function onlyErrors(result: FileResult): FileResult {
  return { ...result, findings: result.findings.filter((finding) => finding.severity === 'error') };
}

/** Errors fail. Warnings fail too, up to `--max-warnings` excepted; `--quiet` leaves them out. Information never fails. */
function exitCode(results: readonly FileResult[], options: CheckOptions): ExitCode {
  const { error, warning } = countBySeverity(results);
  const allowed = options.maxWarnings ?? (options.quiet ? Number.POSITIVE_INFINITY : 0);
  return error > 0 || warning > allowed ? 1 : 0;
}

/** Paths as the user knows them, and no full stop, so that the sentence can go on. */
function shortPaths(text: string, io: Io): string {
  return text.replaceAll(`${io.cwd}/`, '').replace(/[.;]$/, '');
}
