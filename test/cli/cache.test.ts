/** Results that are kept between runs of the built program: what a second run says is what a first one would. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { copyWithoutCompiler, type Ended, runBuilt } from './built-cli.ts';
import { folder } from './run-cli.ts';

// Each test starts the program several times.
vi.setConfig({ testTimeout: 240_000 });

let cache = '';
let withoutCompiler = '';

beforeAll(async () => {
  withoutCompiler = await copyWithoutCompiler();
});

afterAll(() => rm(path.dirname(withoutCompiler), { recursive: true, force: true }));

beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'asynclint-cache-'));
  onTestFinished(() => rm(cache, { recursive: true, force: true }));
});

const tsconfig = '{ "compilerOptions": { "strict": true, "module": "preserve", "types": [] } }';
const failing = 'export async function save(): Promise<void> {\n  throw new Error("full");\n}\n';
const harmless = 'export function save(): void {}\n';
const caller = "import { save } from './a';\nexport function click() {\n  save();\n}\n";
const alone = 'export const alone = async () => 1;\n';
const project = { 'tsconfig.json': tsconfig, 'a.ts': failing, 'b.ts': caller, 'c.ts': alone };
const dropped = ['b.ts floating-promise'];

interface Outcome extends Ended {
  /** The findings, as file and rule. */
  readonly found: readonly string[];
}

/** Runs `check`; the milliseconds are taken out of what it says. */
async function check(cwd: string, ...argv: string[]): Promise<Outcome> {
  return outcomeOf(await runBuilt(cwd, cache, ['--format', 'json', ...argv]));
}

/** The same where no compiler can be started. */
async function checkWithoutCompiler(cwd: string, ...argv: string[]): Promise<Outcome> {
  return outcomeOf(await runBuilt(cwd, cache, ['--format', 'json', ...argv], withoutCompiler));
}

function outcomeOf(ended: Ended): Outcome {
  if (ended.code !== 0 && ended.code !== 1) return { ...ended, found: [] };
  const { findings } = JSON.parse(ended.stdout) as { findings: { file: string; rule: string }[] };
  const stdout = ended.stdout.replace(/"milliseconds": *\d+/g, '');
  return { ...ended, stdout, found: findings.map(({ file, rule }) => `${file} ${rule}`) };
}

/** Runs with what was kept and without, and requires the same bytes. */
async function checkBoth(cwd: string, ...argv: string[]): Promise<readonly string[]> {
  const kept = await check(cwd, ...argv);
  expect(kept).toEqual(await check(cwd, '--no-cache', ...argv));
  return kept.found;
}

async function write(cwd: string, name: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
  await writeFile(path.join(cwd, name), text);
}

async function keptFiles(): Promise<readonly string[]> {
  const at = path.join(cache, 'asynclint');
  return (await readdir(at).catch(() => [])).map((name) => path.join(at, name));
}

describe('a second run with nothing changed', () => {
  test.each([
    ['of the folder', []],
    ['of a tsconfig', ['-p', 'tsconfig.json']],
    ['of some files', ['b.ts', 'c.ts']],
  ])('%s says the same, byte for byte, and starts no compiler', async (_, argv) => {
    const cwd = await folder(project);
    const first = await check(cwd, ...argv);
    expect(first.found).toEqual(dropped);
    expect(await check(cwd, ...argv)).toEqual(first);
    expect(await checkWithoutCompiler(cwd, ...argv)).toEqual(first);
  });

  test('shows the same frames', async () => {
    const cwd = await folder(project);
    const run = () => runBuilt(cwd, cache, ['--format', 'pretty']);
    const withoutTime = ({ stdout }: Ended) => stdout.replace(/[\d.]+ m?s$/m, '');
    const first = withoutTime(await run());
    expect(first).toContain('can throw here');
    expect(withoutTime(await run())).toBe(first);
  });

  test('finds what a run of everything has kept when it is about one file', async () => {
    const cwd = await folder(project);
    await check(cwd);
    expect((await checkWithoutCompiler(cwd, 'b.ts')).found).toEqual(dropped);
  });

  test('looks at texts where only the times of files are others', async () => {
    const cwd = await folder(project);
    const first = await check(cwd);
    await utimes(path.join(cwd, 'a.ts'), 1_000_000_000, 1_000_000_000);
    expect(await checkWithoutCompiler(cwd)).toEqual(first);
  });

  test('of JavaScript without a tsconfig starts no compiler either', async () => {
    const cwd = await folder({
      'package.json': '{ "type": "module" }',
      'a.js': failing.replace(': Promise<void>', ''),
      'b.js': caller.replace("'./a'", "'./a.js'"),
    });
    const first = await check(cwd);
    expect(first.found).toEqual(['b.js floating-promise']);
    expect(await checkWithoutCompiler(cwd)).toEqual(first);
    expect(await checkBoth(cwd, 'b.js')).toEqual(['b.js floating-promise']);
  });
});

describe('a changed file', () => {
  test('changes what is found in its caller', async () => {
    const cwd = await folder(project);
    expect((await check(cwd)).found).toEqual(dropped);
    await write(cwd, 'a.ts', harmless);
    expect(await checkBoth(cwd)).toEqual([]);
    await write(cwd, 'a.ts', failing);
    expect(await checkBoth(cwd)).toEqual(dropped);
  });

  test('changes what is found two imports away', async () => {
    const cwd = await folder({ ...project, 'a.ts': "export * from './deep/a';\n", 'deep/a.ts': failing });
    expect((await check(cwd)).found).toEqual(dropped);
    await write(cwd, 'deep/a.ts', failing.replace('throw new Error("full");', ''));
    expect(await checkBoth(cwd)).toEqual([]);
  });

  test('leaves the results of others as they are', async () => {
    const cwd = await folder(project);
    await check(cwd);
    await write(cwd, 'a.ts', harmless);
    expect((await checkWithoutCompiler(cwd, 'c.ts')).code).toBe(0);
    expect((await checkWithoutCompiler(cwd, 'b.ts')).code).toBe(2);
  });

  test('changes what everybody sees where it declares something for all', async () => {
    const declaration = 'declare function save(): Promise<void>;\n';
    const cwd = await folder({
      ...project,
      'types.d.ts': declaration,
      'b.ts': 'export function click() {\n  save();\n}\n',
    });
    expect((await check(cwd)).found).toEqual(dropped);
    await write(cwd, 'types.d.ts', 'declare function save(): void;\n');
    expect(await checkBoth(cwd)).toEqual([]);
  });

  test('that begins to declare something for all changes what is found elsewhere', async () => {
    const cwd = await folder({
      ...project,
      'types.d.ts': 'interface Store { save(): void }\ndeclare const store: Store;\n',
      'b.ts': 'export function click() {\n  store.save();\n}\n',
    });
    expect((await check(cwd)).found).toEqual([]);
    await write(cwd, 'c.ts', `${alone}declare global { interface Store { save(): Promise<void> } }\n`);
    await write(cwd, 'types.d.ts', 'interface Store {}\ndeclare const store: Store;\n');
    expect(await checkBoth(cwd)).toEqual(dropped);
  });
});

describe('a changed environment', () => {
  test('another config changes what is found', async () => {
    const cwd = await folder(project);
    expect((await check(cwd)).found).toEqual(dropped);
    await write(cwd, 'asynclint.jsonc', '{ "rules": { "floating-promise": "off" } }');
    expect(await checkBoth(cwd)).toEqual([]);
    await write(cwd, 'asynclint.jsonc', '{ "rules": { "floating-promise": "error" } }');
    expect(await checkBoth(cwd)).toEqual(dropped);
  });

  test('another preset is another question', async () => {
    const cwd = await folder({ ...project, 'c.ts': 'export async function one() {\n  return 1;\n}\n' });
    const first = await check(cwd);
    expect(await checkBoth(cwd, '--preset', 'all')).not.toEqual(first.found);
    expect(await checkWithoutCompiler(cwd)).toEqual(first);
  });

  test('a tsconfig, and one that it extends, change what a name stands for', async () => {
    const cwd = await folder({
      'tsconfig.json': '{ "extends": "./base.json" }',
      'base.json': '{ "compilerOptions": { "module": "preserve", "types": [], "paths": { "#a": ["./one.ts"] } } }',
      'one.ts': harmless,
      'two.ts': failing,
      'b.ts': caller.replace("'./a'", "'#a'"),
    });
    expect((await check(cwd)).found).toEqual([]);
    const base = await readFile(path.join(cwd, 'base.json'), 'utf8');
    await write(cwd, 'base.json', base.replace('one.ts', 'two.ts'));
    expect(await checkBoth(cwd)).toEqual(dropped);
    await write(cwd, 'tsconfig.json', base);
    expect(await checkBoth(cwd)).toEqual([]);
  });

  test("a package's declarations, and a package that comes, change what is found", async () => {
    const declared = (type: string) => `export declare function save(): ${type};\n`;
    const manifest = (name: string) => `{ "name": "${name}", "version": "1.0.0", "types": "index.d.ts" }`;
    const cwd = await folder({
      ...project,
      'b.ts': caller.replace("'./a'", "'store'"),
      'd.ts': caller.replace("'./a'", "'later'"),
      'node_modules/store/package.json': manifest('store'),
      'node_modules/store/index.d.ts': declared('void'),
    });
    expect((await check(cwd)).found).toEqual([]);
    await write(cwd, 'node_modules/store/index.d.ts', declared('Promise<void>'));
    expect(await checkBoth(cwd)).toEqual(dropped);
    await write(cwd, 'node_modules/later/package.json', manifest('later'));
    await write(cwd, 'node_modules/later/index.d.ts', declared('Promise<void>'));
    expect(await checkBoth(cwd)).toEqual([...dropped, 'd.ts floating-promise']);
    await rm(path.join(cwd, 'node_modules/later'), { recursive: true });
    expect(await checkBoth(cwd)).toEqual(dropped);
  });
});

describe('files that come and go', () => {
  test('a file that takes the place of another in an import', async () => {
    const { 'a.ts': _, ...others } = project;
    const cwd = await folder({ ...others, 'a/index.ts': failing });
    expect((await check(cwd)).found).toEqual(dropped);
    await write(cwd, 'a.ts', harmless);
    expect(await checkBoth(cwd)).toEqual([]);
    await rm(path.join(cwd, 'a.ts'));
    expect(await checkBoth(cwd)).toEqual(dropped);
  });

  test('a file that was missing', async () => {
    const { 'a.ts': _, ...others } = project;
    const cwd = await folder(others);
    expect((await check(cwd)).found).toEqual([]);
    await write(cwd, 'a.ts', failing);
    expect(await checkBoth(cwd)).toEqual(dropped);
  });

  test('a file that nobody imports leaves all results as they are', async () => {
    const cwd = await folder(project);
    await check(cwd);
    await write(cwd, 'folder/new.ts', alone);
    expect((await checkWithoutCompiler(cwd, 'b.ts', 'c.ts')).found).toEqual(dropped);
    expect(await checkBoth(cwd)).toEqual(dropped);
  });

  test('a file and what imports it come together', async () => {
    const cwd = await folder({ ...project, 'b.ts': alone });
    expect((await check(cwd)).found).toEqual([]);
    await write(cwd, 'new.ts', failing);
    await write(cwd, 'b.ts', caller.replace("'./a'", "'./new'"));
    expect((await checkWithoutCompiler(cwd, 'c.ts')).code).toBe(0);
    expect(await checkBoth(cwd)).toEqual(dropped);
  });

  test('a file whose name changes its letters', async () => {
    const cwd = await folder({ ...project, 'tsconfig.json': tsconfig });
    expect((await check(cwd)).found).toEqual(dropped);
    await rename(path.join(cwd, 'a.ts'), path.join(cwd, 'A.ts'));
    const isSame = (await stat(path.join(cwd, 'a.ts')).catch(() => undefined)) !== undefined;
    expect(await checkBoth(cwd)).toEqual(isSame ? dropped : []);
  });
});

describe('what was kept', () => {
  const header = /^asynclint-cache [^\n]*\n/;

  test.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['something else', () => '{ "findings": [] }'],
    ['changed by one letter', (text: string) => text.replace('floating-promise', 'floating-promisf')],
    ['of another version', (text: string) => text.replace(/^asynclint-cache \d+/, 'asynclint-cache 999')],
    ['no JSON', (text: string) => (header.exec(text)?.[0] ?? '') + 'x'.repeat(text.length)],
  ])('is computed anew where it is %s', async (_, damage) => {
    const cwd = await folder(project);
    const first = await check(cwd);
    const kept = await keptFiles();
    expect(kept).toHaveLength(1);
    for (const file of kept) {
      const text = await readFile(file, 'utf8');
      const damaged = damage(text);
      expect(damaged).not.toBe(text);
      await writeFile(file, damaged);
    }
    expect((await checkWithoutCompiler(cwd)).code).toBe(2);
    expect(await check(cwd)).toEqual(first);
    expect(await checkWithoutCompiler(cwd)).toEqual(first);
  });

  test('is neither read nor written with --no-cache', async () => {
    const cwd = await folder(project);
    const first = await check(cwd, '--no-cache');
    expect(await keptFiles()).toEqual([]);
    await check(cwd);
    expect((await checkWithoutCompiler(cwd, '--no-cache')).code).toBe(2);
    expect(first.found).toEqual(dropped);
  });

  test('lies where --cache-location says', async () => {
    const cwd = await folder(project);
    const first = await check(cwd, '--cache-location', 'kept here');
    expect(await readdir(path.join(cwd, 'kept here'))).toHaveLength(1);
    expect(await keptFiles()).toEqual([]);
    expect(await checkWithoutCompiler(cwd, '--cache-location', 'kept here')).toEqual(first);
  });

  test.skipIf(process.platform === 'win32')('is done without where nothing can be written', async () => {
    const cwd = await folder(project);
    await writeFile(path.join(cache, 'asynclint'), 'a file, where a folder would be');
    await chmod(path.join(cache, 'asynclint'), 0o444);
    expect(await check(cwd)).toMatchObject({ code: 1, stderr: '', found: dropped });
    expect(await check(cwd)).toMatchObject({ code: 1, stderr: '', found: dropped });
    // A folder in which none can be made; Node's own way to make one never ends in Linux's /proc.
    const hopeless = ['--cache-location', '/proc/asynclint/cache'];
    expect(await check(cwd, ...hopeless)).toMatchObject({ code: 1, stderr: '', found: dropped });
  });

  test('is whole whatever several processes do at once', async () => {
    const cwd = await folder(project);
    const first = await check(cwd, '--no-cache');
    const runs = [[], ['b.ts'], ['c.ts'], []].map((argv) => check(cwd, ...argv));
    const outcomes = await Promise.all(runs);
    expect(outcomes.map(({ found }) => found)).toEqual([dropped, dropped, [], dropped]);
    expect(await check(cwd)).toEqual(first);
    expect(await checkWithoutCompiler(cwd)).toEqual(first);
  });

  test('never gives the edits that --fix writes', async () => {
    const useless = `// asynclint-disable-next-line floating-promise\n${alone}`;
    const cwd = await folder({ ...project, 'c.ts': useless });
    const first = await check(cwd);
    expect(first.found).toEqual([...dropped, 'c.ts unused-directive']);
    for (const file of await keptFiles()) expect(await readFile(file, 'utf8')).toContain('"newText"');
    expect(await checkWithoutCompiler(cwd)).toEqual(first);
    expect((await checkWithoutCompiler(cwd, '--fix')).code).toBe(2);
    expect((await check(cwd, '--fix')).found).toEqual(dropped);
    expect(await readFile(path.join(cwd, 'c.ts'), 'utf8')).toBe(alone);
    expect(await checkBoth(cwd)).toEqual(dropped);
  });
});
