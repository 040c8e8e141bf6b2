/**
 * Copies the fixtures of one rule into a project outside the repository: their path then says nothing (a folder named
 * `test` would make every file a test), and expectations and outputs are no part of the program.
 */
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalise } from '../../server/src/typescript/paths.ts';
import { type Fixture, parseFixture } from './fixture.ts';

export const repository = normalise(fileURLToPath(new URL('../..', import.meta.url))).replace(/\/$/, '');
export const fixtureRoot = `${repository}/test/rules`;

const source = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const output = /\.(?:fixed|fix\.\d+)\.(?:[cm]?[jt]s|[jt]sx)$/;
const declaration = /\.d\.[cm]?ts$/;

/** The fixtures of one rule. */
export interface RuleFixtures {
  readonly rule: string;
  /** Where they are in the repository. */
  readonly directory: string;
  readonly fixtures: readonly Fixture[];
  /** Everything else that the project needs, by relative path. */
  readonly others: ReadonlyMap<string, string>;
  /** The outputs of fixes, by relative path. */
  readonly goldens: ReadonlyMap<string, string>;
  readonly frames: string | undefined;
}

/** The names of the rules that have a fixture directory, in order. */
export async function rulesWithFixtures(): Promise<readonly string[]> {
  const entries = await readdir(fixtureRoot, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export async function readFixtures(rule: string): Promise<RuleFixtures> {
  const directory = `${fixtureRoot}/${rule}`;
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const fixtures: Fixture[] = [];
  const others = new Map<string, string>();
  const goldens = new Map<string, string>();
  let frames: string | undefined;
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => normalise(path.relative(directory, path.join(entry.parentPath, entry.name))));
  for (const name of names.sort()) {
    const text = await readFile(`${directory}/${name}`, 'utf8');
    if (name === 'frames.snap') frames = text;
    else if (output.test(name)) goldens.set(name, text);
    else if (source.test(name) && !declaration.test(name) && !name.includes('node_modules/'))
      fixtures.push(parseFixture(name, text));
    else others.set(name, text);
  }
  return { rule, directory, fixtures, others, goldens, frames };
}

/** A helper is part of the project and may have findings, but no proofs are asked of it. */
export function isHelper(name: string): boolean {
  return /^(?:lib[^/]*|_[^/]*)$/.test(path.posix.basename(name));
}

export function isQuiet(name: string): boolean {
  return path.posix.basename(name).startsWith('quiet-');
}

/** Options of a fixture directory without a tsconfig of its own. */
const defaultTsconfig = {
  compilerOptions: {
    strict: true,
    target: 'esnext',
    module: 'preserve',
    moduleResolution: 'bundler',
    lib: ['esnext', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: ['node'],
    allowJs: true,
    jsx: 'preserve',
    noEmit: true,
    skipLibCheck: true,
  },
};

/** A folder of its own in the system's temporary folder, with the repository's dependencies in reach. */
export class Workspace {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<Workspace> {
    const root = normalise(await realpath(await mkdtemp(path.join(os.tmpdir(), 'asynclint-fixtures-'))));
    await symlink(`${repository}/node_modules`, `${root}/node_modules`, 'dir');
    await writeFile(`${root}/package.json`, JSON.stringify({ private: true, type: 'module' }));
    return new Workspace(root);
  }

  /** Writes files of one project below `<root>/<name>`; a tsconfig is added where there is none. Returns the folder. */
  async project(name: string, files: ReadonlyMap<string, string>): Promise<string> {
    const directory = `${this.root}/${name}`;
    const all = new Map(files);
    if (!all.has('tsconfig.json')) all.set('tsconfig.json', JSON.stringify(defaultTsconfig));
    await Promise.all(
      [...all].map(async ([relative, text]) => {
        const file = `${directory}/${relative}`;
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      }),
    );
    return directory;
  }

  /** Writes one file and returns its path. */
  async file(relative: string, text: string): Promise<string> {
    const file = `${this.root}/${relative}`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
