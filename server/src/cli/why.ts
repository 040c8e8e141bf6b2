import { ConfigStore } from '../engine/config.ts';
import type { Asked, Explanation } from '../model/explanation.ts';
import type { Host } from '../model/host.ts';
import type { Preset } from '../model/rule.ts';
import { textLines } from '../model/text-lines.ts';
import { formatExplanationJson } from '../report/explanation-json.ts';
import { formatExplanation } from '../report/explanation-pretty.ts';
import { relativePath } from '../report/report.ts';
import { basename, isLintable, join } from '../typescript/paths.ts';
import { type CheckTools, refuseBrokenConfigs, refuseBrokenProject, tsconfigAt } from './check.ts';
import { type ExitCode, reasonOf, UsageFailure, wantsColor } from './io.ts';
import { endedBySignal } from './linter-of-check.ts';
import { startProgress } from './progress.ts';

export const explanationFormats = ['pretty', 'json'] as const;

export interface WhyOptions {
  /** `file:line` or `file:line:column`, both from 1. */
  readonly place: string;
  readonly project?: string | undefined;
  readonly preset?: Preset | undefined;
  readonly format?: (typeof explanationFormats)[number] | undefined;
}

/** `asynclint why file:line[:column]`: what the engine knows of a line. Throws UsageFailure where it cannot tell. */
export async function why(options: WhyOptions, tools: CheckTools): Promise<ExitCode> {
  const { io, host, rules } = tools;
  const { file, asked } = await placeMeant(options.place, io.cwd, host);
  const tsconfig = options.project === undefined ? undefined : await tsconfigAt(options.project, tools);
  const configs = ConfigStore.create(host, rules);
  const overrides = { preset: options.preset };
  await refuseBrokenConfigs([file], (path) => configs.forFile(path, overrides), io);
  const remark = await remarkOn(file, configs, overrides);
  const progress = startProgress(io);
  const linter = tools.createLinter({ host, rules, cwd: io.cwd });
  using _ = endedBySignal(linter, io.signal);
  try {
    progress.say('Loading the project');
    const explanation = await linter.explain(file, asked, { signal: io.signal, tsconfig, ...overrides });
    if (!explanation) throw new UsageFailure(`${relativePath(io.cwd, file)} cannot be read; check its permissions`);
    requireLine(explanation, io.cwd);
    progress.clear();
    const shown =
      options.format === 'json'
        ? formatExplanationJson(explanation, { cwd: io.cwd, remark })
        : formatExplanation(explanation, { cwd: io.cwd, color: wantsColor(io), remark });
    await io.stdout(shown);
    return 0;
  } catch (error) {
    if (error instanceof Error && error.name === 'CompilerGone') throw new UsageFailure(`${reasonOf(error)} Try again`);
    return refuseBrokenProject(error, io);
  } finally {
    progress.clear();
    await linter.dispose();
  }
}

interface Meant {
  readonly file: string;
  readonly asked: Asked;
}

/** `src/a.ts:12:5`, and `src/a.ts(12,5)` as TypeScript prints it. */
async function placeMeant(given: string, cwd: string, host: Host): Promise<Meant> {
  const parts = /^(.+?):(\d+)(?::(\d+))?$/.exec(given) ?? /^(.+)\((\d+)(?:,(\d+))?\)$/.exec(given);
  const [, path = given, line, column] = parts ?? [];
  const file = join(cwd, path);
  const kind = await host.kind(file);
  if (!parts) {
    const [, named, wrong] = /^(.+?):(.+)$/.exec(given) ?? [];
    if (kind !== 'file' && named !== undefined && (await host.kind(join(cwd, named))) === 'file')
      throw new UsageFailure(`"${wrong}" is no line; write ${named}:12, or ${named}:12:5 with a column`);
    if (kind === 'file')
      throw new UsageFailure(`say which line of ${given}: ${given}:12, or ${given}:12:5 with a column`);
  }
  if (kind === 'directory')
    throw new UsageFailure(`"${path}" is a folder; name a file and a line, such as src/a.ts:12`);
  if (kind !== 'file') throw new UsageFailure(`there is no file "${path}"; check the spelling`);
  if (!/\.(?:[cm]?[jt]s|[jt]sx)$/.test(file)) throw new UsageFailure(`${path} is neither TypeScript nor JavaScript`);
  if (Number(line) < 1 || Number(column ?? 1) < 1) throw new UsageFailure('lines and columns are counted from 1');
  return {
    file,
    asked: { line: Number(line) - 1, ...(column !== undefined && { character: Number(column) - 1 }) },
  };
}

function requireLine({ file, text, line, character }: Explanation, cwd: string): void {
  const lines = textLines(text);
  const path = relativePath(cwd, file);
  if (line >= lines.starts.length) {
    const count = lines.starts.length;
    throw new UsageFailure(
      `${path} has ${count === 1 ? 'one line' : `${count} lines`}, and none with number ${line + 1}`,
    );
  }
  const { length } = lines.lineText(line);
  if (character !== undefined && character > length)
    throw new UsageFailure(`line ${line + 1} of ${path} has ${length} columns, and none with number ${character + 1}`);
}

/** Why `check` would leave the file out, which does not keep it from being explained. */
async function remarkOn(
  file: string,
  configs: ConfigStore,
  overrides: { readonly preset: Preset | undefined },
): Promise<string | undefined> {
  const config = await configs.forFile(file, overrides);
  if (!isLintable(file)) return 'Not checked: this is a declaration file, which runs nothing.';
  if (config.ignore.file(file))
    return `Not checked: "ignore" in ${basename(config.file ?? 'the config')} leaves it out.`;
  if (file.includes('/node_modules/')) return 'Not checked: it belongs to a package.';
  return undefined;
}
