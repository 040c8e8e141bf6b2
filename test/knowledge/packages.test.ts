/** What packages and projects say about their own functions: how it is read, and what it changes in findings. */
import { rm, writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { describe, expect, it, onTestFinished } from 'vitest';
import { resolveConfig } from '../../server/src/engine/config.ts';
import { KnowledgeStore } from '../../server/src/engine/knowledge-store.ts';
import { Linter } from '../../server/src/engine/linter.ts';
import {
  type PackageKnowledge,
  packageKnowledgeJsonSchema,
  readPackageKnowledge,
} from '../../server/src/knowledge/package-knowledge.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import { allRules } from '../../server/src/rules/registry.ts';
import type { Origin } from '../../server/src/typescript/oracle.ts';
import { folder, runCli } from '../cli/run-cli.ts';
import { memoryHost } from '../engine/memory-host.ts';

const jobs: PackageKnowledge = {
  functions: {
    'Queue.process': { callbacks: { '1': 'awaited' } },
    later: { callbacks: { last: 'timer' } },
    enqueue: { givesPromise: true, needsNoOwner: true },
    pause: { givesPromise: true, neverRejects: true },
    loadSync: { blocks: { instead: 'load' } },
    default: { givesPromise: true },
  },
  safePromises: ['Ticket'],
};

const from = (name: string): Origin[] => [{ module: 'jobs', path: name === '' ? [] : name.split('.') }];

async function known(files: Record<string, string>, file = '/p/src/a.ts') {
  const host = memoryHost(files);
  return new KnowledgeStore(host).forFile(file, await resolveConfig(host, file, allRules));
}

const manifest = (content: object): string => JSON.stringify(content);

describe('a package that a manifest names', () => {
  it('says what its functions do, in asynclint.json', async () => {
    const { knowledge, notes, dependsOn } = await known({
      '/p/package.json': manifest({ dependencies: { jobs: '^1.0.0' } }),
      '/p/node_modules/jobs/package.json': manifest({ name: 'jobs' }),
      '/p/node_modules/jobs/asynclint.json': manifest(jobs),
    });
    expect(notes).toEqual([]);
    expect(knowledge.callbacks.role(from('Queue.process'), 1, 2)).toBe('awaited');
    expect(knowledge.callbacks.role(from('Queue.process'), 0, 2)).toBeUndefined();
    expect(knowledge.callbacks.role(from('later'), 2, 3)).toBe('timer');
    expect(knowledge.promises.givesPromise(from('enqueue'))).toBe(true);
    expect(knowledge.promises.givesPromise(from(''))).toBe(true);
    expect(knowledge.promises.isSafeCall(from('enqueue'))).toBe(true);
    expect(knowledge.promises.isSafeCall(from('pause'))).toBe(false);
    expect(knowledge.promises.neverRejects(from('pause'), 1)).toBe(true);
    expect(knowledge.promises.isSafePromise({ name: 'Ticket', file: '/x', from: 'package', packageName: 'jobs' })).toBe(
      true,
    );
    expect(knowledge.blocking.api(from('loadSync'))?.twin).toEqual({ module: 'jobs', name: 'load', how: 'promise' });
    expect(knowledge.blocking.mayHaveBlockingCalls("import { load } from 'jobs';")).toBe(true);
    expect(dependsOn).toEqual(['/p/node_modules/jobs/asynclint.json', '/p/package.json']);
  });

  it('says it beside its types, in its manifest, or in the types that others publish for it', async () => {
    const ways: Record<string, string>[] = [
      {
        '/p/node_modules/jobs/package.json': manifest({ types: './dist/index.d.ts' }),
        '/p/node_modules/jobs/dist/asynclint.json': manifest(jobs),
      },
      { '/p/node_modules/jobs/package.json': manifest({ asynclint: { provides: jobs } }) },
    ];
    for (const way of ways) {
      const { knowledge } = await known({ '/p/package.json': manifest({ devDependencies: { jobs: '*' } }), ...way });
      expect(knowledge.promises.isSafeCall(from('enqueue'))).toBe(true);
    }
    const { knowledge } = await known({
      '/p/package.json': manifest({ devDependencies: { '@types/jobs': '*' } }),
      '/p/node_modules/@types/jobs/package.json': manifest({}),
      '/p/node_modules/@types/jobs/asynclint.json': manifest(jobs),
    });
    expect(knowledge.promises.isSafeCall(from('enqueue'))).toBe(true);
  });

  it('is found where a folder above has installed it, and among the members of the workspace', async () => {
    const above = await known(
      {
        '/p/package.json': manifest({}),
        '/p/packages/app/package.json': manifest({ dependencies: { jobs: '*' } }),
        '/p/node_modules/jobs/package.json': manifest({}),
        '/p/node_modules/jobs/asynclint.json': manifest(jobs),
      },
      '/p/packages/app/src/a.ts',
    );
    expect(above.knowledge.promises.isSafeCall(from('enqueue'))).toBe(true);
    const member = await known(
      {
        '/p/package.json': manifest({ workspaces: ['packages/*'] }),
        '/p/packages/app/package.json': manifest({ name: 'app', dependencies: { jobs: 'workspace:*' } }),
        '/p/packages/jobs/package.json': manifest({ name: 'jobs' }),
        '/p/packages/jobs/asynclint.json': manifest(jobs),
      },
      '/p/packages/app/src/a.ts',
    );
    expect(member.knowledge.promises.isSafeCall(from('enqueue'))).toBe(true);
    expect(member.dependsOn).toContain('/p/packages/jobs/asynclint.json');
  });

  it('is not asked where no manifest names it', async () => {
    const { knowledge } = await known({
      '/p/package.json': manifest({}),
      '/p/node_modules/jobs/package.json': manifest({}),
      '/p/node_modules/jobs/asynclint.json': manifest(jobs),
    });
    expect(knowledge.promises.isSafeCall(from('enqueue'))).toBe(false);
  });

  it.each<[string, string, string]>([
    [
      'a wrong key',
      '{ "functions": { "enqueue": { "needsOwner": false } } }',
      '"functions.enqueue": unrecognized key: "needsOwner"',
    ],
    [
      'a wrong value',
      '{ "functions": { "enqueue": { "givesPromise": "yes" } } }',
      '"functions.enqueue.givesPromise": invalid input: expected boolean, received string',
    ],
    [
      'a wrong position',
      '{ "functions": { "later": { "callbacks": { "first": "timer" } } } }',
      '"functions.later.callbacks.first": ',
    ],
    ['no object', '[]', 'invalid input: expected object, received array'],
    ['no JSON', '{ functions', 'it is not valid JSON'],
    ['far too much', `{ "safePromises": ["${'x'.repeat(70_000)}"] }`, 'it is longer than 64 KB'],
  ])('that says %s is left out, with one note that names it', async (_, text, fault) => {
    const { knowledge, notes, identity } = await known({
      '/p/package.json': manifest({ dependencies: { jobs: '*' } }),
      '/p/node_modules/jobs/package.json': manifest({}),
      '/p/node_modules/jobs/asynclint.json': text,
    });
    const nothing = await known({ '/p/package.json': manifest({}) });
    expect(identity).toBe(nothing.identity);
    expect(knowledge.promises.isSafeCall(from('enqueue'))).toBe(false);
    expect(notes).toHaveLength(1);
    expect(notes[0]?.text).toContain(`what jobs says in asynclint.json is left out, ${fault}`);
    expect(notes[0]?.file).toBe('/p/node_modules/jobs/asynclint.json');
  });
});

describe('a config', () => {
  it('says it of packages and of own files, over what the package says', async () => {
    const { knowledge } = await known({
      '/p/package.json': manifest({ dependencies: { jobs: '*' } }),
      '/p/node_modules/jobs/package.json': manifest({}),
      '/p/node_modules/jobs/asynclint.json': manifest(jobs),
      '/p/asynclint.jsonc': `{ "knowledge": {
        "jobs": { "functions": { "later": { "callbacks": { "last": "awaited" } } } },
        "./src/disk.ts": { "functions": { "writeAll": { "blocks": true } }, "safePromises": ["Job"] },
      } }`,
    });
    expect(knowledge.callbacks.role(from('later'), 0, 1)).toBe('awaited');
    expect(knowledge.promises.isSafeCall(from('enqueue'))).toBe(true);
    expect(knowledge.blocking.api([{ module: '/p/src/disk.ts', path: ['writeAll'] }])).toMatchObject({ kind: 'other' });
    expect(knowledge.blocking.isBlockingName('writeAll', "import { writeAll } from './disk.js';")).toBe(true);
    expect(knowledge.promises.isSafePromise({ name: 'Job', file: '/p/src/disk.ts', from: 'project' })).toBe(true);
  });

  it('reports mistakes in it at their place', async () => {
    const { problems } = await resolveConfig(
      memoryHost({
        '/p/asynclint.jsonc': '{ "knowledge": { "jobs": { "functions": { "a": { "neverReject": true } } } } }',
      }),
      '/p/a.ts',
      allRules,
    );
    expect(problems.map(({ message }) => message)).toEqual([
      '"neverReject" says nothing; did you mean "neverRejects"?',
    ]);
  });

  it('is not what a manifest says to the users of a package', async () => {
    const host = memoryHost({
      '/p/asynclint.jsonc': '{ "preset": "strict" }',
      '/p/jobs/package.json': manifest({ name: 'jobs', asynclint: { provides: jobs } }),
    });
    expect((await resolveConfig(host, '/p/jobs/a.ts', allRules)).preset).toBe('strict');
  });
});

describe('versions', () => {
  const role = async (files: Record<string, string>) =>
    (await known(files)).knowledge.callbacks.role([{ module: 'express', path: ['get'] }], 1, 2);

  it('decide what Express does with a promise: the installed one, else the one asked for', async () => {
    const asked = (range: string): Record<string, string> => ({
      '/p/package.json': manifest({ dependencies: { express: range } }),
    });
    expect(await role(asked('^5.1.0'))).toBe('awaited');
    expect(await role(asked('~4.18.0'))).toBe('request');
    const installed = { '/p/node_modules/express/package.json': manifest({ version: '5.0.1' }) };
    expect(await role({ ...asked('>=4'), ...installed })).toBe('awaited');
  });

  it('say for sure that Express 4 drops it, unless something patches it', async () => {
    const drops = async (dependencies: Record<string, string>) =>
      (await known({ '/p/package.json': manifest({ dependencies }) })).knowledge.callbacks.dropsForSure(
        [{ module: 'express', path: ['get'] }],
        1,
        2,
      );
    expect(await drops({ express: '4.18.2' })).toBe(true);
    expect(await drops({ express: '4.18.2', 'express-async-errors': '3.1.1' })).toBe(false);
    expect(await drops({ express: '5.0.0' })).toBe(false);
    expect(await drops({})).toBe(false);
  });
});

describe('the JSON schema', () => {
  it('accepts and refuses what the reader does', () => {
    const accepts = new Ajv({ strict: false }).compile(packageKnowledgeJsonSchema());
    const cases: unknown[] = [
      jobs,
      {},
      { functions: { a: { blocks: true } } },
      { functions: { a: { blocks: { instead: 3 } } } },
      { functions: { a: { callbacks: { '0': 'later' } } } },
      { safePromises: 'Ticket' },
      { more: 1 },
      [],
    ];
    expect(cases.map((value) => accepts(value))).toEqual(
      cases.map((value) => 'content' in readPackageKnowledge(value)),
    );
  });
});

const project = {
  'package.json': manifest({ type: 'module', dependencies: { jobs: '1.0.0' } }),
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [] }, "include": ["src"] }',
  'node_modules/jobs/package.json': manifest({
    name: 'jobs',
    version: '1.0.0',
    type: 'module',
    types: './index.d.ts',
    main: './index.js',
  }),
  'node_modules/jobs/index.d.ts': `export declare function enqueue(name: string): Promise<void>;
export declare function loadSync(name: string): string;
export declare function load(name: string): Promise<string>;
`,
  'node_modules/jobs/index.js': '',
  'src/main.ts': `import { enqueue, loadSync } from 'jobs';
export async function run(name: string): Promise<string> {
  enqueue(name);
  return loadSync(name);
}
`,
};

describe('in findings', () => {
  const rulesIn = async (linter: Linter, root: string): Promise<readonly string[]> => {
    const [result] = await linter.lint([`${root}/src/main.ts`], { signal: new AbortController().signal });
    return (result?.findings ?? []).map(({ rule }) => rule).sort();
  };

  it('a package is believed, and a change of what it says refreshes them', async () => {
    const root = await folder(project);
    const linter = Linter.create({ host: nodeHost(), rules: allRules, cwd: root });
    onTestFinished(() => linter.dispose());
    expect(await rulesIn(linter, root)).toEqual(['floating-promise']);
    const said = `${root}/node_modules/jobs/asynclint.json`;
    await writeFile(said, JSON.stringify(jobs));
    linter.filesChanged({ created: [said] });
    expect(await rulesIn(linter, root)).toEqual(['blocking-call']);
    await rm(said);
    linter.filesChanged({ deleted: [said] });
    expect(await rulesIn(linter, root)).toEqual(['floating-promise']);
  });

  it('the command line believes it too, and says once what is wrong', async () => {
    const root = await folder({
      ...project,
      'src/other.ts': "import { enqueue } from 'jobs';\nawait enqueue('a');\n",
      'node_modules/jobs/asynclint.json': '{ "functions": { "enqueue": { "needsNoOwner": "yes" } } }',
    });
    const createLinter = (options: Parameters<typeof Linter.create>[0]) => Linter.create(options);
    const { stderr, stdout } = await runCli(['check', '--format', 'json', '--no-cache'], {
      cwd: root,
      rules: allRules,
      createLinter: createLinter as never,
    });
    expect(stderr.match(/what jobs says/g)).toHaveLength(1);
    expect(stderr).toContain('"functions.enqueue.needsNoOwner"');
    expect(stdout).toContain('floating-promise');
  });
});
