import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { CreateLinter, LinterOfCheck } from '../../server/src/cli/linter-of-check.ts';
import { run } from '../../server/src/cli/program.ts';
import type { Finding, Fix, Note, Severity } from '../../server/src/model/finding.ts';
import type { Host } from '../../server/src/model/host.ts';
import type { FileResult } from '../../server/src/model/result.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import type { Rule } from '../../server/src/rules/define.ts';
import { normalise } from '../../server/src/typescript/paths.ts';
import { sampleRules } from '../engine/sample-rules.ts';

/** A folder with these files, deleted when the test ends. The path has forward slashes. */
export async function folder(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const root = normalise(await realpath(await mkdtemp(path.join(tmpdir(), 'asynclint-cli-'))));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return root;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly createLinter?: CreateLinter;
  /** Those of the tests, unless others are given. */
  readonly rules?: readonly Rule[];
  readonly env?: Record<string, string>;
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process, with the real file system and an engine of the test's choice. */
export async function runCli(argv: readonly string[], options: RunOptions): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const io = {
    cwd: options.cwd,
    env: options.env ?? {},
    isTerminal: { stdout: options.terminal ?? false, stderr: options.terminal ?? false },
    stdout: async (text: string) => void (stdout += text),
    stderr: async (text: string) => void (stderr += text),
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await run(argv, {
    io,
    host: nodeHost(),
    rules: options.rules ?? (sampleRules as readonly Rule[]),
    createLinter: options.createLinter ?? wordLinter(),
    openCache: async () => undefined,
    version: '1.2.3',
    rulePage: async (id) => (id === 'floating-promise' ? '---\nseverity: warning\n---\n\n# The page\n' : undefined),
    serve: async () => {},
  });
  return { code, stdout, stderr };
}

export interface WordLinterOptions {
  /** Called before each run of the engine. */
  readonly beforeLint?: (files: readonly string[]) => Promise<void> | void;
  readonly notes?: (file: string) => readonly Note[];
  readonly projectFiles?: (tsconfig: string) => Promise<readonly string[]>;
  readonly dispose?: () => Promise<void>;
}

const severities: Record<string, Severity> = { ERROR: 'error', WARNING: 'warning', INFORMATION: 'information' };

/**
 * An engine of a few lines: finds the words ERROR, WARNING and INFORMATION. Every WARNING has a safe fix, which takes
 * one letter off `WARNINGS…` at a time, so that several rounds are needed; ERROR has a fix that is a choice.
 */
export function wordLinter(options: WordLinterOptions = {}): CreateLinter {
  return ({ host }) => {
    const linter: LinterOfCheck = {
      async lint(files, { signal, withFixes, onResult }) {
        await options.beforeLint?.(files);
        signal.throwIfAborted();
        const results = await Promise.all(
          files.map((file) => lintWords(host, file, withFixes !== undefined && withFixes !== false)),
        );
        for (const [index, result] of results.entries()) onResult?.({ ...result, notes: [] }, index + 1, files.length);
        return results.map((result) => ({ ...result, notes: options.notes?.(result.file) ?? [] }));
      },
      explain: async () => undefined,
      projectFiles: options.projectFiles ?? (async () => []),
      setBuffer() {},
      keep: async () => {},
      dispose: options.dispose ?? (async () => {}),
    };
    return linter;
  };
}

async function lintWords(host: Host, file: string, withFixes: boolean): Promise<FileResult> {
  const text = (await host.readFile(file)) ?? '';
  const fixes = new Map<Finding, readonly Fix[]>();
  const findings = [...text.matchAll(/ERROR|WARNING(S*)|INFORMATION/g)].map((match): Finding => {
    const span = { start: match.index, end: match.index + match[0].length };
    const word = match[0].replace(/S+$/, '');
    const finding: Finding = {
      file,
      span,
      rule: 'floating-promise',
      key: 'found',
      message: `The word ${word}`,
      why: 'It gets lost.',
      help: 'Mend it.',
      severity: severities[word] ?? 'warning',
      related: [],
      fixable: word !== 'INFORMATION',
      dependsOn: [file],
    };
    const shorter = match[1] ? match[0].slice(0, -1) : 'mended';
    const edit = { file, span, newText: shorter };
    if (word === 'WARNING') fixes.set(finding, [{ title: 'Mend it', safe: true, edits: [edit] }]);
    if (word === 'ERROR')
      fixes.set(finding, [{ title: 'Take it away', safe: false, edits: [{ ...edit, newText: '' }] }]);
    return finding;
  });
  return {
    file,
    text,
    findings,
    suppressed: [],
    ...(withFixes && { fixes }),
    dependsOn: [file],
    notes: [],
    milliseconds: 1,
  };
}
