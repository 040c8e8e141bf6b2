import { beforeAll, describe, expect, test } from 'vitest';
import { Linter } from '../../server/src/engine/linter.ts';
import { allRules } from '../../server/src/rules/registry.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { folder, type Outcome, type RunOptions, runCli } from './run-cli.ts';

const project: Readonly<Record<string, string>> = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "nodenext", "types": [] } }',
  'asynclint.jsonc': '{ "ignore": ["generated"], "rules": { "unawaited-return": "off" } }',
  'src/save.ts': `import { record } from './record';

export async function save(id: number): Promise<void> {
  if (id < 0) throw new Error('no id');
  await record(id);
}

export async function tidy(): Promise<void> {
  try {
    await save(0);
  } catch {
    return;
  }
}
`,
  'src/record.ts': `import { appendFileSync } from 'node:fs';

export const log: number[] = [];

export async function record(id: number): Promise<void> {
  log.push(id);
}

export function write(id: number): void {
  appendFileSync('log', String(id));
}
`,
  'src/click.ts': `import { query } from 'pg';
import { write } from './record';
import { save, tidy } from './save';

export function click() {
  save(1);
  tidy();
  void save(2);
  query('select 1');
  // asynclint-disable-next-line floating-promise -- the test does without
  save(3);
}

export async function all(ids: number[]): Promise<string> {
  for (const id of ids) {
    await save(id);
    console.log(id);
  }
  ids.forEach(async (id) => save(id));
  const last = save(9);
  write(1);
  save(4)
    .then(() => tidy())
    .catch(() => undefined);
  try {
    return name();
  } finally {
    await last;
  }
}

async function name() {
  return 'all';
}
`,
  'generated/made.ts': 'async function make() {}\nmake();\n',
  'types.d.ts': 'declare function later(): Promise<void>;\n',
  'notes.md': 'notes\n',
};

let cwd: string;

beforeAll(async () => {
  const made = await temporaryFolder(project);
  cwd = made.path;
  return () => made[Symbol.asyncDispose]();
});

function why(place: string, ...options: string[]): Promise<Outcome> {
  return whyIn({ cwd }, place, ...options);
}

function whyIn(options: RunOptions, ...argv: string[]): Promise<Outcome> {
  return runCli(['why', ...argv], { rules: allRules, createLinter: (made) => Linter.create(made), ...options });
}

/** The answer without the rules that have nothing to say, which are more in each version. */
function told({ stdout, stderr, code }: Outcome): string {
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return stdout.replaceAll(/^ {2}(?:Looked, and found nothing wrong|Not in the preset \w+): .*\n/gm, '');
}

/** The place of a line of `src/click.ts`, by its text. */
function line(text: string): string {
  const lines = (project['src/click.ts'] ?? '').split('\n');
  const index = lines.findIndex((each) => each.trim() === text);
  expect(index, text).toBeGreaterThan(-1);
  return `src/click.ts:${index + 1}`;
}

describe('asynclint why explains', () => {
  test.each([
    ['a finding, with the place in another file where it can reject', 'save(1);'],
    ['a silence that rests on another file', 'tidy();'],
    ['a decision', 'void save(2);'],
    ['a call of which nothing is known', "query('select 1');"],
    ['a comment that suppresses', 'save(3);'],
    ['a wait in a loop', 'await save(id);'],
    ['the turn of a line without anything asynchronous', 'console.log(id);'],
    ['a callback whose promise is ignored', 'ids.forEach(async (id) => save(id));'],
    ['a promise that is kept and awaited later', 'const last = save(9);'],
    ['a call that leads to a blocking one', 'write(1);'],
    ['a chain over several lines', 'save(4)'],
    ['a rule that the config turns off', 'return name();'],
    ['a line with nothing on it', '}'],
  ])('%s', async (_, text) => {
    expect(told(await why(line(text)))).toMatchSnapshot();
  });

  test('one place of a line', async () => {
    const column = (project['src/click.ts'] ?? '')
      .split('\n')
      .find((each) => each.includes('forEach'))
      ?.indexOf('save');
    const outcome = await why(`${line('ids.forEach(async (id) => save(id));')}:${(column ?? 0) + 1}`);
    expect(told(outcome)).toMatchSnapshot();
  });

  test('in colours where a person looks', async () => {
    const { stdout } = await whyIn({ cwd, terminal: true }, line('save(1);'));
    expect(stdout).toContain('\u001b[33m1 finding: floating-promise\u001b[39m');
  });

  test('as JSON, with every place and without absolute paths', async () => {
    const { stdout, code } = await why(line('save(1);'), '--format', 'json');
    expect(code).toBe(0);
    expect(stdout).not.toContain(cwd);
    const { quiet, off, ...answer } = JSON.parse(stdout) as { quiet: string[]; off: { rule: string; by: string }[] };
    expect(answer).toMatchSnapshot();
    expect(quiet).toContain('needless-await');
    expect(off).toContainEqual({ rule: 'unawaited-return', by: 'config', findings: [] });
  });

  test('by the options that check has', async () => {
    const strict = await why(line('save(1);'), '--preset', 'strict', '-p', 'tsconfig.json');
    expect(strict.stdout).toContain('preset strict · tsconfig.json');
    expect(strict.stdout).not.toContain('Not in the preset strict: async-without-await');
  });

  test.each([
    ['generated/made.ts:2', 'Not checked: "ignore" in asynclint.jsonc leaves it out.'],
    ['types.d.ts:1', 'Not checked: this is a declaration file, which runs nothing.'],
  ])('%s, though check leaves it out', async (place, remark) => {
    const { stdout, code } = await why(place);
    expect({ code, said: stdout.includes(remark) }).toEqual({ code: 0, said: true });
  });

  test('of a line with very much on it as much as one can read', async () => {
    const calls = 'later();'.repeat(5000);
    const minified = await folder({ 'a.ts': `declare function later(): Promise<void>;\n${calls}\n` });
    const { stdout } = await whyIn({ cwd: minified }, 'a.ts:2');
    expect(stdout.match(/is a promise/g)).toHaveLength(8);
    expect(stdout.match(/warning floating-promise/g)).toHaveLength(8);
    expect(stdout).toContain('  4992 more on this line\n');
    expect(stdout).toContain('The line holds more: ask about one place of it, by its column.');
    expect((await whyIn({ cwd: minified }, 'a.ts:2:3200')).stdout).toMatch(/^a\.ts:2:3200 /);
  });

  test('without the declarations of the language among what it rests on', async () => {
    const cwd = await folder({ 'a.ts': 'export const ready = Promise.resolve();\n' });
    const own = '/opt/asynclint/dist/native/lib.es5.d.ts';
    const others = `${cwd}/lib.mine.d.ts`;
    const createLinter: RunOptions['createLinter'] = (options) => {
      const linter = Linter.create(options);
      const explain = linter.explain.bind(linter);
      return Object.assign(linter, {
        explain: async (...asked: Parameters<typeof explain>) => {
          const found = await explain(...asked);
          return found && { ...found, dependsOn: [...found.dependsOn, own, others] };
        },
      });
    };
    const { stdout } = await runCli(['why', 'a.ts:1'], { cwd, rules: allRules, createLinter });
    expect(stdout).toContain('Rests also on lib.mine.d.ts.');
  });

  test('a place as TypeScript prints it', async () => {
    expect((await why('src/click.ts(6,3)')).stdout).toContain('src/click.ts:6:3');
  });
});

describe('the turn of a line', () => {
  const source = `declare function step(): Promise<number>;
declare const log: (text: unknown) => void;
export async function run(list: AsyncIterable<number>) {
  log('first');
  try {
    await step();
    log('tried');
  } catch {
    log('caught');
  } finally {
    log('last');
  }
  for await (const each of list) {
    log(each);
    if (each > 3) return each;
  }
  return log('done');
  log('never');
}
export const top = await step();
log(top);
`;

  test.each([
    ["log('first');", 'Line 4 runs in the turn from the start to (1): nothing else runs in between.'],
    ['await step();', 'Line 6 runs in the turn from the start to (1), where it waits.'],
    ["log('tried');", 'Line 7 runs in the turn from (1) to (2): nothing else runs in between.'],
    ["log('caught');", 'Line 9 runs in the turn from the start or (1) to (2): nothing else runs in between.'],
    ["log('last');", 'Line 11 runs in the turn from the start or (1) to the end or (2): nothing else runs in between.'],
    ['log(each);', 'Line 14 runs in the turn from (2) to (2): nothing else runs in between.'],
    ["return log('done');", 'Line 17 runs in the turn from (2) to the end: nothing else runs in between.'],
    ["log('never');", 'No path leads to line 18.'],
    ['log(top);', 'Line 21 runs in the turn from (1) to the end: nothing else runs in between.'],
  ])('%s', async (text, turn) => {
    const options = '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "esnext", "types": [] } }';
    const made = await folder({ 'tsconfig.json': options, 'a.ts': source });
    const at = source.split('\n').findIndex((each) => each.trim() === text) + 1;
    const { stdout } = await whyIn({ cwd: made }, `a.ts:${at}`);
    expect(stdout.match(/(?:Line|No path).*/)?.[0]).toBe(turn);
  });
});

describe('what cannot be explained says one line and exits with 2', () => {
  test.each([
    ['src/gone.ts:3', 'there is no file "src/gone.ts"; check the spelling'],
    ['src:3', '"src" is a folder; name a file and a line, such as src/a.ts:12'],
    ['src/click.ts', 'say which line of src/click.ts: src/click.ts:12, or src/click.ts:12:5 with a column'],
    ['src/click.ts:six', '"six" is no line; write src/click.ts:12, or src/click.ts:12:5 with a column'],
    ['src/click.ts:0', 'lines and columns are counted from 1'],
    ['src/click.ts:400', 'src/click.ts has 35 lines, and none with number 400'],
    ['src/click.ts:6:90', 'line 6 of src/click.ts has 10 columns, and none with number 90'],
    ['notes.md:1', 'notes.md is neither TypeScript nor JavaScript'],
  ])('%s', async (place, message) => {
    expect(await why(place)).toEqual({ code: 2, stdout: '', stderr: `asynclint: ${message}\n` });
  });

  test('a broken config', async () => {
    const broken = await folder({ 'asynclint.jsonc': '{ "rules": { "floating": "off" } }', 'a.ts': 'void 0;\n' });
    const { code, stdout, stderr } = await whyIn({ cwd: broken }, 'a.ts:1');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^asynclint: asynclint\.jsonc:1:\d+ .*floating-promise.*\n$/);
  });

  test('a tsconfig that is not there', async () => {
    const { code, stderr } = await why('src/click.ts:6', '-p', 'other.json');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'asynclint: there is no other.json; give -p the path of a tsconfig\n',
    });
  });
});
