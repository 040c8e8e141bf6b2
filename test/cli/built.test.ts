import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { folder } from './run-cli.ts';

/** The built program as people run it: its process, its pipes, its signals. `npm test` builds it first. */
const cli = process.env['ASYNCLINT_CLI'] ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

beforeAll(() => {
  if (!existsSync(cli)) throw new Error('There is no dist/cli.js; run npm run build first');
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly ended: Promise<Ended>;
  readonly child: ReturnType<typeof spawn>;
}

function start(cwd: string, ...argv: string[]): Running {
  const env = { ...process.env, GITHUB_ACTIONS: '', FORCE_COLOR: '', NO_COLOR: '1' };
  const child = spawn(process.execPath, [cli, ...argv], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
  return { child, ended };
}

const tsconfig = '{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2022" } }';
const library = 'export async function save(value: number) {\n  if (value > 1) throw new Error("too much");\n}\n';

describe('the built program', () => {
  test('finds a promise that is dropped, and says where it can reject', async () => {
    const cwd = await folder({
      'tsconfig.json': tsconfig,
      'src/lib.ts': library,
      'src/a.ts': "import { save } from './lib.js';\nexport function onClick() {\n  save(2);\n}\n",
    });
    const { code, stdout, stderr } = await start(cwd, 'src', '--format', 'json').ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const { version, findings, summary } = JSON.parse(stdout);
    expect(version).toBe(1);
    expect(findings).toHaveLength(1);
    expect(Object.keys(findings[0])).toEqual(['file', 'range', 'rule', 'message', 'severity', 'related', 'fixes']);
    expect(findings[0]).toMatchObject({
      file: 'src/a.ts',
      range: { start: { line: 2, character: 2 }, end: { line: 2, character: 9 } },
      rule: 'floating-promise',
      severity: 'warning',
      related: [{ file: 'src/lib.ts' }],
    });
    expect(findings[0].fixes.length).toBeGreaterThan(0);
    expect(Object.keys(summary)).toEqual(['files', 'findings', 'milliseconds']);
    expect(summary).toMatchObject({ files: 2, findings: 1 });
  });

  test('says the same twice', async () => {
    const calls = Array.from({ length: 40 }, (_, index) => `  save(${index});\n`).join('');
    const text = `import { save } from './lib.js';\nexport async function all() {\n${calls}}\n`;
    const cwd = await folder({ 'tsconfig.json': tsconfig, 'lib.ts': library, 'a.ts': text, 'b.ts': text });
    const [first, second] = await Promise.all([
      start(cwd, '--format', 'sarif').ended,
      start(cwd, '--format', 'sarif').ended,
    ]);
    expect(JSON.parse(first.stdout).runs[0].results).toHaveLength(80);
    expect(second.stdout).toBe(first.stdout);
  });

  test('loses nothing of a long report in a pipe that is read late', async () => {
    const calls = `export function all() {\n${'save(1);\n'.repeat(400)}}\n`;
    const cwd = await folder({
      'tsconfig.json': tsconfig,
      'lib.ts': library,
      'a.ts': `import { save } from './lib.js';\n${calls}`,
    });
    const { child, ended } = start(cwd, '--format', 'json');
    child.stdout?.pause();
    setTimeout(() => child.stdout?.resume(), 3000);
    const { code, stdout } = await ended;
    expect(code).toBe(1);
    expect(stdout.length).toBeGreaterThan(150_000);
    expect(JSON.parse(stdout).summary.findings).toBe(400);
  });

  test('takes a reader that goes away in its stride', async () => {
    const calls = `export function all() {\n${'save(1);\n'.repeat(400)}}\n`;
    const cwd = await folder({
      'tsconfig.json': tsconfig,
      'lib.ts': library,
      'a.ts': `import { save } from './lib.js';\n${calls}`,
    });
    const { child, ended } = start(cwd, '--format', 'json');
    child.stdout?.destroy();
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  test('takes away an unused directive with --fix, and nothing else', async () => {
    const before = `#!/usr/bin/env node\r\n// asynclint-disable-next-line floating-promise -- old\r\nexport const one = 1; // kept\r\n`;
    const cwd = await folder({ 'tsconfig.json': tsconfig, 'a.ts': before });
    expect((await start(cwd, '--fix').ended).code).toBe(0);
    expect(await readFile(path.join(cwd, 'a.ts'), 'utf8')).toBe(
      '#!/usr/bin/env node\r\nexport const one = 1; // kept\r\n',
    );
  });

  test('runs the rules that are named, and no others', async () => {
    const text = 'async function save() {\n  throw new Error();\n}\nsave();\nsave().catch(() => {});\nexport {};\n';
    const cwd = await folder({ 'a.ts': text, 'asynclint.jsonc': '{ "rules": { "swallowed-rejection": "off" } }' });
    const rulesOf = async (...argv: string[]): Promise<string[]> => {
      const { stdout } = await start(cwd, 'check', '--format', 'json', ...argv).ended;
      return JSON.parse(stdout).findings.map((finding: { rule: string }) => finding.rule);
    };
    expect(await rulesOf()).toEqual(['floating-promise']);
    expect(await rulesOf('--only', 'swallowed-rejection')).toEqual(['swallowed-rejection']);
    expect(await rulesOf('--only', 'swallowed-rejection, floating-promise')).toEqual([
      'floating-promise',
      'swallowed-rejection',
    ]);
    expect(await rulesOf()).toEqual(['floating-promise']);
  });

  test('honours directives and the config', async () => {
    const text = [
      "import { save } from './lib.js';",
      'save(1); // asynclint-disable-line floating-promise -- on purpose',
      '// eslint-disable-next-line @typescript-eslint/no-floating-promises',
      'save(2);',
      '',
    ].join('\n');
    const cwd = await folder({
      'tsconfig.json': tsconfig,
      'lib.ts': library,
      'a.ts': text,
      'b.ts': "import { save } from './lib.js';\nsave(3);\n",
    });
    expect((await start(cwd, 'a.ts').ended).code).toBe(0);
    expect((await start(cwd, 'b.ts').ended).code).toBe(1);
    const quiet = await folder({
      'tsconfig.json': tsconfig,
      'lib.ts': library,
      'b.ts': "import { save } from './lib.js';\nsave(3);\n",
      'asynclint.jsonc': '{ "rules": { "floating-promise": "information", "unhandled-main": "off" } }',
    });
    const outcome = await start(quiet, 'b.ts').ended;
    expect(outcome.stdout).toContain('b.ts:2:1  information  floating-promise');
    expect(outcome.code).toBe(0);
  });

  test('refuses a tsconfig that does not parse, named or found, in one line', async () => {
    const cwd = await folder({ 'tsconfig.json': '{ "compilerOptions": ', 'a.ts': 'export {};\n' });
    for (const argv of [
      ['-p', 'tsconfig.json'],
      ['-p', 'tsconfig.json', 'a.ts'],
      ['why', '-p', 'tsconfig.json', 'a.ts:1'],
      ['a.ts'],
      [],
    ]) {
      const { code, stdout, stderr } = await start(cwd, ...argv).ended;
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^asynclint: tsconfig\.json does not parse: [^\n]+; mend it, or give another with -p\n$/);
    }
  });

  test('says which file does not parse, and goes on', async () => {
    const files = {
      'a.ts': 'async function save() {\n  throw new Error();\n}\nsave();\nexport const x = {\n',
      'b.ts': 'export {};\n',
    };
    const { code, stdout, stderr } = await start(await folder(files), 'check', '--no-cache').ended;
    expect(stderr).toBe('asynclint: a.ts: line 5 does not parse, so problems from there on may go unseen\n');
    expect(stdout).toContain('floating-promise');
    expect(code).toBe(1);
  });

  test('stops at once on SIGINT, writes nothing and leaves no process behind', async () => {
    const calls = '/* asynclint-disable-line */ save(1);\n'.repeat(300);
    const files = Array.from({ length: 300 }, (_, index) => [
      `a${index}.ts`,
      `import { save } from './lib.js';\n${calls}`,
    ]);
    const cwd = await folder({ 'tsconfig.json': tsconfig, 'lib.ts': library, ...Object.fromEntries(files) });
    const { child, ended } = start(cwd, '--fix');
    // The program and its compiler; only Linux tells who works where.
    const isKnown = process.platform === 'linux';
    if (isKnown) await vi.waitUntil(async () => (await processesIn(cwd)).length > 1, { timeout: 20_000 });
    else await new Promise((resolve) => setTimeout(resolve, 1500));
    const interrupted = performance.now();
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout, stderr }).toEqual({
      code: 130,
      stdout: '',
      stderr: 'asynclint: stopped; nothing was written\n',
    });
    expect(performance.now() - interrupted).toBeLessThan(5000);
    if (isKnown) expect(await processesIn(cwd)).toEqual([]);
    expect(await readFile(path.join(cwd, 'a0.ts'), 'utf8')).toBe(files[0]?.[1]);
  });

  test('knows its version, its rules and their pages', async () => {
    const cwd = await folder({});
    expect((await start(cwd, '--version').ended).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await start(cwd, 'rules').ended).stdout).toContain('floating-promise');
    const page = await start(cwd, 'rule', 'floating-promise').ended;
    expect(page.stdout.length).toBeGreaterThan(300);
    expect(page.stdout).not.toContain('@generated');
  });
});

/** The ids of the processes whose working folder this is. */
async function processesIn(cwd: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => '')));
  return ids.filter((_, index) => folders[index] === cwd);
}
