import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, type Outcome, runCli, wordLinter } from './run-cli.ts';

async function check(files: Record<string, string>, ...argv: string[]): Promise<Outcome> {
  return runCli(argv, { cwd: await folder(files) });
}

function jsonOf({ stdout }: Outcome) {
  return JSON.parse(stdout) as {
    findings: { file: string; message: string; fixes: unknown[] }[];
    summary: { files: number };
  };
}

describe('exit codes', () => {
  test.each<[string, string, string[], number]>([
    ['nothing found', 'ok', [], 0],
    ['only information', 'INFORMATION', [], 0],
    ['a warning', 'WARNING', [], 1],
    ['an error', 'ERROR', [], 1],
    ['as many warnings as allowed', 'WARNING WARNING', ['--max-warnings', '2'], 0],
    ['more warnings than allowed', 'WARNING WARNING', ['--max-warnings', '1'], 1],
    ['an error, however many warnings are allowed', 'ERROR', ['--max-warnings', '9'], 1],
    ['warnings that are not asked for', 'WARNING', ['--quiet'], 0],
    ['warnings that are not shown but counted', 'WARNING', ['--quiet', '--max-warnings', '0'], 1],
    ['an error, quietly', 'ERROR', ['--quiet'], 1],
  ])('%s', async (_, text, argv, code) => {
    expect((await check({ 'a.ts': text }, ...argv)).code).toBe(code);
  });

  test('more warnings than allowed are named', async () => {
    const { stderr } = await check({ 'a.ts': 'WARNING' }, '--max-warnings', '0');
    expect(stderr).toBe('asynclint: more warnings than --max-warnings 0 allows\n');
  });
});

describe('what cannot run says one line and exits with 2', () => {
  test.each<[string, Record<string, string>, string[], string]>([
    [
      'a path that does not exist',
      { 'a.ts': '' },
      ['gone.ts'],
      'there is no file or folder "gone.ts"; check the spelling',
    ],
    [
      'one wrong path among right ones',
      { 'a.ts': 'ERROR' },
      ['a.ts', 'gone'],
      'there is no file or folder "gone"; check the spelling',
    ],
    [
      'a mistyped command',
      { 'a.ts': '' },
      ['chekc'],
      'there is no file or folder "chekc"; did you mean the command "check"?',
    ],
    [
      'a rule that does not exist',
      { 'a.ts': '' },
      ['--only', 'stale-read,floting-promise'],
      'option \'--only <rules>\' argument \'stale-read,floting-promise\' is invalid. there is no rule "floting-promise"; did you mean "floating-promise"?; see asynclint --help',
    ],
    [
      'a pattern without a match',
      { 'a.ts': '' },
      ['src/**/*.ts'],
      'no file matches "src/**/*.ts"; name other paths, or check .gitignore and "ignore"',
    ],
    [
      'an empty folder',
      { 'a.md': '' },
      [],
      'no TypeScript or JavaScript to lint in .; name other paths, or check .gitignore and "ignore"',
    ],
    [
      'a tsconfig that does not exist',
      { 'a.ts': '' },
      ['-p', 'sub/tsconfig.json'],
      'there is no sub/tsconfig.json; give -p the path of a tsconfig',
    ],
    [
      'a folder without a tsconfig',
      { 'a.ts': '' },
      ['-p', '.'],
      'there is no tsconfig.json; give -p the path of a tsconfig',
    ],
    [
      'a project without files',
      { 'tsconfig.json': '{}', 'a.ts': '' },
      ['-p', '.'],
      'tsconfig.json has no files to lint; check its "include" and "files"',
    ],
    [
      'an option that does not exist',
      { 'a.ts': '' },
      ['--fromat', 'json'],
      "unknown option '--fromat' (Did you mean --format?); see asynclint --help",
    ],
    [
      'a format that does not exist',
      { 'a.ts': '' },
      ['--format', 'xml'],
      "option '--format <name>' argument 'xml' is invalid. Allowed choices are pretty, json, sarif, github; see asynclint --help",
    ],
    [
      'a preset that does not exist',
      { 'a.ts': '' },
      ['--preset', 'most'],
      "option '--preset <name>' argument 'most' is invalid. Allowed choices are recommended, strict, all; see asynclint --help",
    ],
    [
      'a mistyped format',
      { 'a.ts': '' },
      ['--format', 'jsno'],
      "option '--format <name>' argument 'jsno' is invalid. Allowed choices are pretty, json, sarif, github (Did you mean json?); see asynclint --help",
    ],
    [
      'a mistyped preset',
      { 'a.ts': '' },
      ['why', '--preset', 'stict', 'a.ts:1'],
      "option '--preset <name>' argument 'stict' is invalid. Allowed choices are recommended, strict, all (Did you mean strict?); see asynclint --help",
    ],
    [
      'more than a command takes',
      { 'a.ts': '' },
      ['rule', 'floating-promise', 'blocking-call'],
      "too many arguments for 'rule'. Expected 1 argument but got 2; see asynclint --help",
    ],
    [
      'a number that is none',
      { 'a.ts': '' },
      ['--max-warnings', 'few'],
      "option '--max-warnings <n>' argument 'few' is invalid. Give a whole number; see asynclint --help",
    ],
    [
      'an option without its value',
      { 'a.ts': '' },
      ['-p'],
      "option '-p, --project <tsconfig>' argument missing; see asynclint --help",
    ],
    [
      'a wrong key in the config',
      { 'a.ts': 'ERROR', 'asynclint.jsonc': '{\n  "presett": "all"\n}' },
      [],
      'asynclint.jsonc:2:3 "presett" is not a setting; did you mean "preset"?',
    ],
    [
      'a wrong rule in the config of a folder below',
      { 'a.ts': '', 'p/b.ts': '', 'p/package.json': '{ "asynclint": { "rules": { "floatin-promise": "off" } } }' },
      [],
      'p/package.json:1:29 There is no rule "floatin-promise"; did you mean "floating-promise"?',
    ],
    [
      'the language server without a transport',
      {},
      ['lsp'],
      'the language server speaks over stdin and stdout; write asynclint lsp --stdio',
    ],
    [
      'a rule that does not exist',
      {},
      ['rule', 'blockin-call'],
      'there is no rule "blockin-call"; did you mean "blocking-call"?',
    ],
  ])('%s', async (_, files, argv, line) => {
    expect(await check(files, ...argv)).toEqual({ code: 2, stdout: '', stderr: `asynclint: ${line}\n` });
  });

  test('a tsconfig that does not parse', async () => {
    const cwd = await folder({ 'tsconfig.json': '{', 'a.ts': '' });
    const projectFiles = async (tsconfig: string) =>
      Promise.reject(new Error(`${tsconfig} does not parse: '}' expected.`));
    expect(await runCli(['-p', 'tsconfig.json'], { cwd, createLinter: wordLinter({ projectFiles }) })).toEqual({
      code: 2,
      stdout: '',
      stderr: "asynclint: tsconfig.json does not parse: '}' expected; mend it, or give another with -p\n",
    });
  });

  test('an unreadable file and a tsconfig that turns out to be broken leave no half of a report', async () => {
    const cwd = await folder({ 'a.ts': 'ERROR', 'b.ts': '' });
    const b = `${cwd}/b.ts`;
    const unreadable = wordLinter({
      notes: (file) => (file === b ? [{ level: 'error', file, text: `${file} cannot be read` }] : []),
    });
    expect(await runCli([], { cwd, createLinter: unreadable })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'asynclint: b.ts cannot be read; check its permissions, or add it to "ignore"\n',
    });
    const tsconfig = `${cwd}/tsconfig.json`;
    const broken = wordLinter({
      notes: () => [{ level: 'error', file: tsconfig, text: `${tsconfig} does not parse: x.` }],
    });
    expect(await runCli([], { cwd, createLinter: broken })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'asynclint: tsconfig.json does not parse: x; mend it, or give another with -p\n',
    });
  });

  test('a rule that failed is named once, beside what the others found', async () => {
    const cwd = await folder({ 'a.ts': 'ERROR' });
    const createLinter = wordLinter({
      notes: (file) => [
        { level: 'error', file, rule: 'x', text: 'x failed on this file and was left out: bad\n  at y' },
      ],
    });
    const outcome = await runCli([], { cwd, createLinter });
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toContain('The word ERROR');
    expect(outcome.stderr).toBe('asynclint: a.ts: x failed on this file and was left out: bad\n');
  });
});

describe('what is linted', () => {
  test('the current folder, by the default command or by name', async () => {
    const cwd = await folder({ 'src/a.ts': '', 'b.js': '', 'dist/c.js': '', '.gitignore': 'dist' });
    for (const argv of [
      ['--format', 'json'],
      ['check', '--format', 'json'],
      ['check', '.', '--format', 'json'],
    ]) {
      expect(jsonOf(await runCli(argv, { cwd })).summary.files).toBe(2);
    }
  });

  test('a file that the config leaves out is told and is no failure', async () => {
    expect(await check({ 'gen.ts': 'ERROR', 'asynclint.jsonc': '{ "ignore": ["gen.ts"] }' }, 'gen.ts')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'asynclint: gen.ts is left out by "ignore" in asynclint.jsonc\n',
    });
  });

  test('with -p the files of the project', async () => {
    const cwd = await folder({ 'tsconfig.json': '{}', 'a.ts': '', 'b.ts': '', 'c.d.ts': '' });
    const createLinter = wordLinter({ projectFiles: async () => [`${cwd}/b.ts`, `${cwd}/c.d.ts`] });
    expect(jsonOf(await runCli(['-p', '.', '--format', 'json'], { cwd, createLinter })).summary.files).toBe(1);
    expect(
      jsonOf(await runCli(['-p', '.', 'a.ts', 'b.ts', '--format', 'json'], { cwd, createLinter })).summary.files,
    ).toBe(2);
  });
});

describe('how it is reported', () => {
  test('pretty without colours where nobody looks, with colours on a terminal', async () => {
    const cwd = await folder({ 'a.ts': 'ERROR' });
    const plain = await runCli([], { cwd });
    expect(plain.stdout).toMatch(/^a\.ts:1:1 {2}error {2}floating-promise\n {2}The word ERROR\n/);
    expect(plain.stdout).toMatch(/\n1 problem \(1 error\) in 1 file, \d+\.\d s\n$/);
    expect((await runCli([], { cwd, terminal: true })).stdout).toContain('\u001b[31m');
    expect((await runCli([], { cwd, terminal: true, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
    expect((await runCli([], { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[31m');
  });

  test('github where GitHub Actions runs it, unless told otherwise', async () => {
    const cwd = await folder({ 'a.ts': 'ERROR' });
    const env = { GITHUB_ACTIONS: 'true' };
    expect((await runCli([], { cwd, env })).stdout).toMatch(/^::error file=a\.ts,line=1,/);
    expect((await runCli(['--format', 'json'], { cwd, env })).stdout).toMatch(/^\{"version":1,/);
  });

  test('quietly: errors only', async () => {
    const outcome = await check({ 'a.ts': 'ERROR WARNING INFORMATION' }, '--quiet', '--format', 'json');
    expect(jsonOf(outcome).findings.map((finding) => finding.message)).toEqual(['The word ERROR']);
    // What was left out is no proof that nothing is wrong.
    expect((await check({ 'a.ts': 'WARNING' }, '--quiet')).stdout).toMatch(/^No errors in 1 file, /);
    expect((await check({ 'a.ts': '' })).stdout).toMatch(/^No problems in 1 file, /);
  });

  test('json and sarif carry fixes', async () => {
    const files = { 'a.ts': 'ERROR' };
    expect(jsonOf(await check(files, '--format', 'json')).findings[0]?.fixes).toHaveLength(1);
    expect(JSON.parse((await check(files, '--format', 'sarif')).stdout).runs[0].results[0].fixes).toHaveLength(1);
  });

  test('notes are told once', async () => {
    const cwd = await folder({ 'a.ts': '', 'b.ts': '', 'tsconfig.json': '{}' });
    const note = {
      level: 'info',
      file: `${cwd}/tsconfig.json`,
      text: '`baseUrl` is gone in TypeScript 7; linting goes on',
    } as const;
    const { code, stderr } = await runCli([], { cwd, createLinter: wordLinter({ notes: () => [note] }) });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'asynclint: tsconfig.json: `baseUrl` is gone in TypeScript 7; linting goes on\n',
    });
  });
});

describe('--fix', () => {
  test('applies safe fixes until none is left, and reports the rest', async () => {
    const cwd = await folder({ 'a.ts': 'WARNINGSSS ERROR WARNING\n', 'b.ts': 'ok' });
    const outcome = await runCli(['--fix', '--format', 'json'], { cwd });
    expect(await readFile(`${cwd}/a.ts`, 'utf8')).toBe('mended ERROR mended\n');
    expect(jsonOf(outcome).findings.map((finding) => finding.message)).toEqual(['The word ERROR']);
    expect(outcome.code).toBe(1);
  });

  test('gives up on fixes that never end, after ten rounds', async () => {
    const cwd = await folder({ 'a.ts': `WARNING${'S'.repeat(20)}` });
    expect((await runCli(['--fix'], { cwd })).code).toBe(1);
    expect(await readFile(`${cwd}/a.ts`, 'utf8')).toBe(`WARNING${'S'.repeat(10)}`);
  });

  test('says how many were fixed', async () => {
    const cwd = await folder({ 'a.ts': 'WARNING WARNING' });
    const outcome = await runCli(['--fix'], { cwd });
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/^No problems in 1 file, 2 fixed, /);
  });

  test('never writes over a file that changed meanwhile, nor any other of that run', async () => {
    const cwd = await folder({ 'a.ts': 'WARNING', 'b.ts': 'WARNING' });
    let rounds = 0;
    const beforeLint = async () => {
      rounds += 1;
      if (rounds === 2) await writeFile(`${cwd}/b.ts`, 'typed meanwhile');
    };
    expect(await runCli(['--fix'], { cwd, createLinter: wordLinter({ beforeLint }) })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'asynclint: b.ts changed while it was being fixed; no file was written, so run --fix again\n',
    });
    expect(await readFile(`${cwd}/a.ts`, 'utf8')).toBe('WARNING');
    expect(await readFile(`${cwd}/b.ts`, 'utf8')).toBe('typed meanwhile');
  });

  test('keeps the mode, the byte order mark and the link', async () => {
    const cwd = await folder({ 'real/a.ts': '\uFEFFWARNING\r\n', 'utf16.ts': Buffer.from('\uFEFFWARNING', 'utf16le') });
    await chmod(`${cwd}/real/a.ts`, 0o755);
    await symlink('real/a.ts', `${cwd}/link.ts`);
    expect((await runCli(['--fix', 'link.ts', 'utf16.ts'], { cwd })).code).toBe(0);
    expect(await readFile(`${cwd}/real/a.ts`, 'utf8')).toBe('\uFEFFmended\r\n');
    expect((await stat(`${cwd}/real/a.ts`)).mode & 0o777).toBe(0o755);
    expect(await readFile(`${cwd}/utf16.ts`)).toEqual(Buffer.from('\uFEFFmended', 'utf16le'));
  });

  test('leaves alone what it would damage', async () => {
    const cwd = await folder({ 'latin1.ts': Buffer.from('// caf\u00e9\nWARNING', 'latin1') });
    expect(await runCli(['--fix'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'asynclint: latin1.ts is not UTF-8, and fixing would damage it; no file was written, so mend that and run --fix again\n',
    });
  });

  test('writes nothing when it is interrupted', async () => {
    const cwd = await folder({ 'a.ts': 'WARNING' });
    const interrupted = new AbortController();
    let rounds = 0;
    const beforeLint = () => {
      rounds += 1;
      if (rounds === 2) interrupted.abort(new Error('Stopped'));
    };
    const running = runCli(['--fix'], { cwd, createLinter: wordLinter({ beforeLint }), signal: interrupted.signal });
    await expect(running).rejects.toThrow('Stopped');
    expect(await readFile(`${cwd}/a.ts`, 'utf8')).toBe('WARNING');
  });

  test('does not wait for a compiler that is busy when it is interrupted', async () => {
    const cwd = await folder({ 'a.ts': 'WARNING' });
    const interrupted = new AbortController();
    const ended = new AbortController();
    // What asks the compiler hears from it only when it has answered, or has ended.
    const beforeLint = () =>
      new Promise<void>((_, reject) => {
        ended.signal.addEventListener('abort', () => reject(new Error('gone')));
        interrupted.abort(new Error('Stopped'));
      });
    const linter = wordLinter({ beforeLint, dispose: async () => ended.abort() });
    await expect(runCli([], { cwd, createLinter: linter, signal: interrupted.signal })).rejects.toThrow();
    expect(ended.signal.aborted).toBe(true);
  });
});

describe('when the compiler dies', () => {
  const gone = () => Object.assign(new Error('gone'), { name: 'CompilerGone' });

  test('once, the run starts over', async () => {
    const cwd = await folder({ 'a.ts': '' });
    let runs = 0;
    const beforeLint = () => {
      runs += 1;
      if (runs === 1) throw gone();
    };
    expect((await runCli([], { cwd, createLinter: wordLinter({ beforeLint }) })).code).toBe(0);
  });

  test('twice, it says so', async () => {
    const cwd = await folder({ 'a.ts': '' });
    const beforeLint = () => {
      throw gone();
    };
    expect(await runCli([], { cwd, createLinter: wordLinter({ beforeLint }) })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'asynclint: the TypeScript compiler ended twice while checking; check fewer files at a time, or free some memory\n',
    });
  });
});

describe('the other commands', () => {
  test('rules lists every rule, the engine’s own too', async () => {
    const { code, stdout } = await check({}, 'rules');
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['floating-promise', 'recommended', 'warning', 'A promise is created and nobody handles its rejection'],
      ['blocking-call', 'strict', 'error', 'A call stops the event loop'],
      ['stale-read', 'preview', 'information', 'A value is read before a suspension point and used after it'],
      [
        'unused-directive',
        'always',
        'information',
        'A directive suppresses nothing, or names a rule that does not exist',
      ],
      [''],
    ]);
  });

  test('rule shows the page, or what the rule says of itself', async () => {
    expect((await check({}, 'rule', 'floating-promise')).stdout).toBe(
      'floating-promise: A promise is created and nobody handles its rejection\n\npreset recommended · severity warning · since 0.1.0\n\n# The page\n',
    );
    expect((await check({}, 'rule', 'blocking-call')).stdout).toContain(
      'where ("async"): Where blocking calls are reported.',
    );
  });

  test('help and version', async () => {
    expect(await check({}, '--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
    const help = await check({}, '--help');
    expect(help.code).toBe(0);
    for (const word of ['check', 'rules', 'rule', 'lsp', 'Exit codes']) expect(help.stdout).toContain(word);
    expect((await check({}, 'check', '--help')).stdout).toContain('--max-warnings');
  });
});

test('on a terminal a long run says how far it has come, and takes the line away', async () => {
  const cwd = await folder({ 'a.ts': '', 'b.ts': '' });
  const beforeLint = () => new Promise<void>((resolve) => setTimeout(resolve, 900));
  const { stderr } = await runCli([], { cwd, terminal: true, createLinter: wordLinter({ beforeLint }) });
  expect(stderr).toContain('Loading the project of 2 files');
  expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
  expect(path.isAbsolute(cwd)).toBe(true);
});
