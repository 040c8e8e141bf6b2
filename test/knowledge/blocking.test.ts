/** The data about blocking functions: its shape, and what Node itself says of the functions that it names. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { blockingKnowledge } from '../../server/src/knowledge/blocking.ts';
import data from '../../server/src/knowledge/blocking-apis.json' with { type: 'json' };

const {
  api: blockingApi,
  sleep: sleepApi,
  isBlockingModule,
  isBlockingName,
  mayHaveBlockingCalls,
} = blockingKnowledge();

const how = z.enum(['promise', 'promisify', 'output', 'parent']);
const kind = z.enum(['fs', 'process', 'crypto', 'compression', 'compilation', 'database', 'dialog', 'network']);
const severity = z.enum(['error', 'warning', 'information']);
const call = z.strictObject({
  twin: z.string().optional(),
  how: how.optional(),
  kind: kind.optional(),
  severity: severity.optional(),
  when: z
    .strictObject({
      argument: z.int().nonnegative(),
      equals: z.boolean().optional(),
      atLeast: z.number().optional(),
      argumentsAtMost: z.int().optional(),
    })
    .optional(),
  unless: z.strictObject({ text: z.string() }).optional(),
});
const shape = z.strictObject({
  apis: z.array(
    z.strictObject({
      modules: z.array(z.string()).min(1),
      kind,
      severity: severity.optional(),
      twins: z.strictObject({ module: z.string().optional(), how }).optional(),
      calls: z.record(z.string(), z.union([z.string(), call, z.null()])),
    }),
  ),
  sleeps: z.array(
    z.strictObject({
      modules: z.array(z.string()).min(1),
      calls: z.record(
        z.string(),
        z.strictObject({ argument: z.int().optional(), milliseconds: z.number().positive().optional() }),
      ),
    }),
  ),
});

const require = createRequire(import.meta.url);
const builtins = ['node:fs', 'node:child_process', 'node:crypto', 'node:zlib'];

/** Looks a dotted name up in a module as this Node has it. */
function find(module: string, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], require(module));
}

describe('the file', () => {
  it('has the shape that the loader takes for granted', () => {
    expect(shape.parse(data)).toEqual(data);
  });

  it('names a module once a function', () => {
    const seen = new Set<string>();
    for (const { modules, calls } of data.apis)
      for (const module of modules)
        for (const path of Object.keys(calls)) {
          const key = `${module} ${path}`;
          expect(seen.has(key), key).toBe(false);
          seen.add(key);
        }
  });
});

describe('in this Node', () => {
  for (const module of builtins) {
    it(`every synchronous function of ${module} is known`, () => {
      const names = Object.keys(require(module)).filter(
        (name) => name.endsWith('Sync') && typeof find(module, name) === 'function',
      );
      expect(names.length).toBeGreaterThan(2);
      expect(names.filter((name) => !blockingApi([{ module, path: [name] }]))).toEqual([]);
    });
  }

  it('every twin of a function that exists exists as well', () => {
    for (const { modules, calls } of data.apis)
      for (const module of modules.filter((name) => builtins.includes(name)))
        for (const path of Object.keys(calls)) {
          const twin = blockingApi([{ module, path: path.split('.') }])?.twin;
          if (find(module, path) === undefined || !twin) continue;
          expect(find(twin.module, twin.name), `${path} → ${twin.module} ${twin.name}`).toBeTypeOf('function');
        }
  });
});

describe('lookups', () => {
  it('find a function by where it comes from', () => {
    expect(blockingApi([{ module: 'node:fs', path: ['readFileSync'] }])).toMatchObject({
      kind: 'fs',
      twin: { module: 'node:fs/promises', name: 'readFile', how: 'promise' },
    });
    expect(blockingApi([{ module: '/project/fs.ts', path: ['readFileSync'] }])).toBeUndefined();
    expect(blockingApi([{ module: 'node:fs', path: ['readFile'] }])).toBeUndefined();
  });

  it('see through default exports and the namespaces of type packages', () => {
    expect(blockingApi([{ module: 'fs-extra', path: ['default', 'copySync'] }])?.twin?.name).toBe('copy');
    expect(blockingApi([{ module: 'better-sqlite3', path: ['BetterSqlite3', 'Database', 'exec'] }])?.kind).toBe(
      'database',
    );
    expect(blockingApi([{ module: '@theia/core/shared/fs-extra', path: ['existsSync'] }])?.severity).toBe(
      'information',
    );
  });

  it('keep a twin in the package that the function was taken from', () => {
    expect(blockingApi([{ module: 'bcryptjs', path: ['hashSync'] }])?.twin?.module).toBe('bcryptjs');
    expect(blockingApi([{ module: 'graceful-fs', path: ['statSync'] }])?.twin?.module).toBe('node:fs/promises');
  });

  it('know packages of which everything blocks, and those that only sleep', () => {
    expect(blockingApi([{ module: 'sync-request', path: [] }])?.kind).toBe('network');
    expect(sleepApi([{ module: 'global', path: ['Atomics', 'wait'] }])).toMatchObject({ argument: 3, milliseconds: 1 });
    expect(sleepApi([{ module: 'sleep', path: ['sleep'] }])?.milliseconds).toBe(1000);
    expect(blockingApi([{ module: 'sleep', path: ['sleep'] }])).toBeUndefined();
  });
});

describe('cheap tests', () => {
  it('pass every name, in a file that can have it', () => {
    expect(isBlockingName('readFileSync', '')).toBe(true);
    expect(isBlockingName('get', "import { DatabaseSync } from 'node:sqlite';")).toBe(true);
    expect(isBlockingName('get', 'const map = new Map();')).toBe(false);
    expect(isBlockingName('readFile', "import fs from 'fs';")).toBe(false);
    expect(isBlockingModule('fs')).toBe(true);
    expect(isBlockingModule('path')).toBe(false);
  });

  it('skip files that have nothing of the sort', () => {
    expect(mayHaveBlockingCalls("import { readFile } from 'node:fs/promises';\nawait readFile('a');")).toBe(false);
    expect(mayHaveBlockingCalls("import request from 'sync-request';")).toBe(true);
    expect(mayHaveBlockingCalls('fs.readFileSync(path)')).toBe(true);
    expect(mayHaveBlockingCalls("request.open('GET', url, false); // XMLHttpRequest")).toBe(true);
  });
});
