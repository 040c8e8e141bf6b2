import { execFileSync } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { nodeHost, withBuffers } from '../../server/src/node-host.ts';
import { isCallExpression, type Node } from '../../server/src/typescript/ast.ts';
import { Oracle } from '../../server/src/typescript/oracle.ts';
import { ConfigError } from '../../server/src/typescript/projects.ts';
import { type Lease, Session } from '../../server/src/typescript/session.ts';
import { type TemporaryFolder, temporaryFolder } from '../harness/temporary-folder.ts';

const signal = new AbortController().signal;
const library = 'export async function load(): Promise<number> { return 1 }\n';
const use = "import { load } from './lib';\nload();\n";

describe('the project of a file', () => {
  it('is the nearest tsconfig that includes it', async () => {
    await using folder = await temporaryFolder({
      'tsconfig.json': '{ "include": ["src"] }',
      'src/a.ts': use,
      'src/lib.ts': library,
      'packages/x/tsconfig.json': '{ "include": ["*.ts"] }',
      'packages/x/b.ts': use,
      'packages/x/lib.ts': library,
    });
    await using session = open(folder);
    expect(await session.home('src/a.ts')).toBe('tsconfig.json');
    expect(await session.home('packages/x/b.ts')).toBe('packages/x/tsconfig.json');
  });

  it('is found further up where the nearest excludes the file', async () => {
    await using folder = await temporaryFolder({
      'tsconfig.json': '{}',
      'packages/x/tsconfig.json': '{ "exclude": ["**/*.test.ts"] }',
      'packages/x/a.test.ts': use,
      'packages/x/lib.ts': library,
    });
    await using session = open(folder);
    expect(await session.home('packages/x/a.test.ts')).toBe('tsconfig.json');
  });

  it('is found through the references of a solution', async () => {
    await using folder = await temporaryFolder({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tools" }] }',
      'tsconfig.app.json': '{ "include": ["src"], "compilerOptions": { "composite": true } }',
      'tools/tsconfig.json': '{ "compilerOptions": { "composite": true } }',
      'src/a.ts': use,
      'src/lib.ts': library,
      'tools/t.ts': 'export {}',
    });
    await using session = open(folder);
    expect(await session.home('src/a.ts')).toBe('tsconfig.app.json');
    expect(await session.home('tools/t.ts')).toBe('tools/tsconfig.json');
  });

  it('includes what entry points in `files` import', async () => {
    await using folder = await temporaryFolder({
      'tsconfig.json': '{ "files": ["src/a.ts"] }',
      'src/a.ts': use,
      'src/lib.ts': library,
      'src/alone.ts': 'export {}',
    });
    await using session = open(folder);
    expect(await session.home('src/lib.ts')).toBe('tsconfig.json');
    expect(await session.rootFiles('src/alone.ts')).toEqual(['src/alone.ts']);
  });

  it('is made up for loose TypeScript and JavaScript', async () => {
    await using folder = await temporaryFolder({
      'a.ts': use,
      'lib.ts': library,
      'b.js': "import { load } from './lib';\nload();\n",
    });
    await using session = open(folder);
    expect(await session.home('a.ts')).toBeUndefined();
    expect(await session.callTypes('a.ts')).toEqual(['Promise<number>']);
    expect(await session.callTypes('b.js')).toEqual(['Promise<number>']);
  });

  it('gives JavaScript types without checkJs, from a jsconfig too', async () => {
    await using folder = await temporaryFolder({
      'jsconfig.json': '{ "include": ["*.js"] }',
      'a.js': "const { load } = require('./lib.js');\nload();\n",
      'lib.js': 'exports.load = async function load() { return 1 };\n',
    });
    await using session = open(folder);
    expect(await session.home('a.js')).toBe('jsconfig.json');
    expect(await session.callTypes('a.js')).toContain('Promise<number>');
  });
});

describe('a tsconfig of another age', () => {
  it.each([
    ['moduleResolution: node10', '{ "compilerOptions": { "module": "esnext", "moduleResolution": "node" } }'],
    ['target: ES5', '{ "compilerOptions": { "target": "es5" } }'],
    ['module: amd', '{ "compilerOptions": { "module": "amd" } }'],
    ['esModuleInterop: false', '{ "compilerOptions": { "esModuleInterop": false } }'],
    ['downlevelIteration', '{ "compilerOptions": { "downlevelIteration": true } }'],
  ])('is linted anyway, with a note that names `%s`', async (option, tsconfig) => {
    await using folder = await temporaryFolder({ 'tsconfig.json': tsconfig, 'a.ts': use, 'lib.ts': library });
    await using session = open(folder);
    expect(await session.callTypes('a.ts')).toEqual(['Promise<number>']);
    expect(await session.notes('a.ts')).toEqual([expect.stringContaining(`\`${option}\` is gone in TypeScript 7`)]);
  });

  it('resolves what baseUrl resolved', async () => {
    await using folder = await temporaryFolder({
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": "./src", "paths": { "@/*": ["*"] } } }',
      'src/deep/a.ts':
        "import { load } from 'shared/lib';\nimport { load as again } from '@/shared/lib';\nload();\nagain();\n",
      'src/shared/lib.ts': library,
    });
    await using session = open(folder);
    expect(await session.callTypes('src/deep/a.ts')).toEqual(['Promise<number>', 'Promise<number>']);
  });

  it('is not silenced by a missing base, missing types, or a lib without Promise', async () => {
    await using folder = await temporaryFolder({
      'tsconfig.json':
        '{ "extends": "@company/tsconfig", "compilerOptions": { "lib": ["dom", "es5"], "types": ["jest"] }, "include": ["*.ts"] }',
      'a.ts': use,
      'lib.ts': library,
    });
    await using session = open(folder);
    expect(await session.callTypes('a.ts')).toEqual(['Promise<number>']);
    expect(await session.notes('a.ts')).toEqual([expect.stringContaining('@company/tsconfig')]);
  });

  it('that does not parse is an error for those who name it', async () => {
    await using folder = await temporaryFolder({ 'tsconfig.json': '{ "include": [', 'a.ts': 'export {}' });
    await using session = open(folder);
    await expect(session.lint.projectFiles(folder.file('tsconfig.json'))).rejects.toThrow(ConfigError);
    await expect(session.lint.projectFiles(folder.file('nowhere.json'))).rejects.toThrow('There is no tsconfig at');
  });
});

describe('workspace packages', () => {
  it.each([
    ['npm', { 'package.json': '{ "workspaces": ["packages/*"] }' }],
    ['pnpm', { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n' }],
  ])('of %s resolve to their sources when nothing is built or installed', async (_manager, manifests) => {
    await using folder = await temporaryFolder({
      ...manifests,
      'packages/lib/package.json': '{ "name": "@acme/lib", "main": "dist/index.js", "types": "dist/index.d.ts" }',
      'packages/lib/src/index.ts': library,
      'packages/lib/src/deep.ts': library,
      'packages/app/package.json': '{ "name": "app" }',
      'packages/app/tsconfig.json': '{}',
      'packages/app/a.ts':
        "import { load } from '@acme/lib';\nimport { load as deep } from '@acme/lib/dist/deep';\nload();\ndeep();\n",
    });
    await using session = open(folder);
    expect(await session.callTypes('packages/app/a.ts')).toEqual(['Promise<number>', 'Promise<number>']);
  });
});

describe('a snapshot', () => {
  it('sees unsaved text, and the disk again once the buffer is closed', async () => {
    await using folder = await temporaryFolder({ 'tsconfig.json': '{}', 'a.ts': use, 'lib.ts': library });
    await using session = open(folder);
    expect(await session.callTypes('a.ts')).toEqual(['Promise<number>']);
    session.buffer('lib.ts', 'export function load(): number { return 1 }\n');
    expect(await session.callTypes('a.ts')).toEqual(['number']);
    session.buffer('lib.ts', undefined);
    expect(await session.callTypes('a.ts')).toEqual(['Promise<number>']);
    await folder.write('lib.ts', 'export function load(): string { return "" }\n');
    session.lint.filesChanged({ changed: [folder.file('lib.ts')] });
    expect(await session.callTypes('a.ts')).toEqual(['string']);
  });

  it('keeps a lease on the old text while a newer one is made', async () => {
    await using folder = await temporaryFolder({ 'tsconfig.json': '{}', 'a.ts': use, 'lib.ts': library });
    await using session = open(folder);
    const a = folder.file('a.ts');
    await using old = await session.lint.lease([a], signal);
    session.buffer('lib.ts', 'export const load = () => 1;\n');
    expect(await session.callTypes('a.ts')).toEqual(['number']);
    expect(await callTypes(old, a)).toEqual(['Promise<number>']);
  });

  it('follows files that come and go', async () => {
    await using folder = await temporaryFolder({ 'tsconfig.json': '{}', 'a.ts': use });
    await using session = open(folder);
    expect(await session.callTypes('a.ts')).toEqual(['any']);
    await folder.write('lib.ts', library);
    session.lint.filesChanged({ created: [folder.file('lib.ts')] });
    expect(await session.callTypes('a.ts')).toEqual(['Promise<number>']);
    await folder.remove('lib.ts');
    session.lint.filesChanged({ deleted: [folder.file('lib.ts')] });
    expect(await session.callTypes('a.ts')).toEqual(['any']);
  });

  it('follows an edit of the tsconfig', async () => {
    await using folder = await temporaryFolder({
      'tsconfig.json': '{ "compilerOptions": { "paths": {} } }',
      'a.ts': "import { load } from '@/lib';\nload();\n",
      'src/lib.ts': library,
    });
    await using session = open(folder);
    expect(await session.callTypes('a.ts')).toEqual(['any']);
    await folder.write('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }');
    session.lint.filesChanged({ changed: [folder.file('tsconfig.json')] });
    expect(await session.callTypes('a.ts')).toEqual(['Promise<number>']);
  });

  it('takes an unsaved file that is nowhere on disk', async () => {
    await using folder = await temporaryFolder();
    await using session = open(folder);
    session.buffer('untitled-1.ts', 'async function load() {}\nload();\n');
    expect(await session.callTypes('untitled-1.ts')).toEqual(['Promise<void>']);
  });
});

describe('the compiler process', () => {
  it('that dies rejects open questions, and is replaced at the next one', async () => {
    await using folder = await temporaryFolder({ 'tsconfig.json': '{}', 'a.ts': use, 'lib.ts': library });
    let deaths = 0;
    await using session = open(folder, () => deaths++);
    session.buffer('lib.ts', 'export const load = async () => "unsaved";\n');
    expect(await session.callTypes('a.ts')).toEqual(['Promise<string>']);
    const lease = await session.lint.lease([folder.file('a.ts')], signal);
    const { pid } = session.lint;
    if (pid === undefined) throw new Error('no process');
    process.kill(pid, 'SIGKILL');
    await expect(callTypes(lease, folder.file('a.ts'), true)).rejects.toThrow();
    expect(lease.isDead()).toBe(true);
    expect(deaths).toBe(1);
    expect(await session.callTypes('a.ts')).toEqual(['Promise<string>']);
    expect(session.lint.pid).not.toBe(pid);
  });

  it('that dies while a question is written fails just that question', async () => {
    await using folder = await temporaryFolder({ 'tsconfig.json': '{}', 'a.ts': use, 'lib.ts': library });
    const strays: unknown[] = [];
    const onStray = (reason: unknown): void => void strays.push(reason);
    process.on('unhandledRejection', onStray);
    try {
      // The question is written some turns after it was asked; in one of these rounds the process dies just before.
      for (let turns = 0; turns < 6; turns++) {
        await using session = open(folder);
        await session.callTypes('a.ts');
        const lease = await session.lint.lease([folder.file('a.ts')], signal);
        const killed = killAfter(turns, session.lint.pid ?? 0);
        await expect(callTypes(lease, folder.file('a.ts'), true)).rejects.toThrow();
        await killed;
      }
    } finally {
      process.off('unhandledRejection', onStray);
    }
    expect(strays).toEqual([]);
  });

  it('ends when the session is closed', async () => {
    await using folder = await temporaryFolder({ 'a.ts': 'export {}' });
    const session = open(folder);
    await session.callTypes('a.ts');
    const { pid } = session.lint;
    await session.lint.close();
    await expect.poll(() => isRunning(pid ?? 0)).toBe(false);
  });
});

/** Kills a process at the start of a turn, and stays in the turn until it is gone: its end is noticed later. */
async function killAfter(turns: number, pid: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
  process.kill(pid, 'SIGKILL');
  execFileSync('sleep', ['0.02']);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A session on a folder, spoken to in relative paths. */
function open(folder: TemporaryFolder, onDeath?: () => void) {
  const buffers = new Map<string, string>();
  const lint = new Session({ host: withBuffers(nodeHost(), buffers), cwd: folder.path, ...(onDeath && { onDeath }) });
  const withLease = async <T>(relative: string, use: (lease: Lease, file: string) => T | Promise<T>): Promise<T> => {
    await using lease = await lint.lease([folder.file(relative)], signal);
    return await use(lease, folder.file(relative));
  };
  return {
    lint,
    buffer(relative: string, text: string | undefined): void {
      const file = folder.file(relative);
      if (text === undefined) buffers.delete(file);
      else buffers.set(file, text);
      lint.setBuffer(file, text);
    },
    home: (relative: string) =>
      withLease(relative, (lease, file) => lease.tsconfig(file)?.slice(folder.path.length + 1)),
    notes: (relative: string) => withLease(relative, (lease, file) => lease.notes(file).map((note) => note.text)),
    callTypes: (relative: string) => withLease(relative, callTypes),
    rootFiles: (relative: string) =>
      withLease(relative, (lease, file) =>
        lease.plan(file).rootFiles.map((root) => root.slice(folder.path.length + 1)),
      ),
    [Symbol.asyncDispose]: () => lint.close(),
  };
}

/** The types of the file's calls, in order; `require` calls left out. */
async function callTypes(lease: Lease, file: string, afresh = false): Promise<readonly string[]> {
  const program = lease.program(file);
  const view = await program.view(file);
  if (!view) throw new Error(`no view of ${file}`);
  const calls: Node[] = [];
  const collect = (node: Node): void => {
    if (isCallExpression(node) && !node.getText().startsWith('require')) calls.push(node);
    node.forEachChild(collect);
  };
  collect(view.sourceFile);
  const oracle = new Oracle(program);
  if (afresh) {
    await program.checker.getAnyType();
    await program.checker.getTypeAtPosition(file, 1);
  }
  return Promise.all(calls.map(async (call) => (await oracle.typeOf(call)).text()));
}
