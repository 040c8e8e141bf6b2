/** The invariants of docs/dev/architecture.md, on the modules as they are. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { typescriptVersion } from '../../server/src/typescript/native.ts';
import { repository } from '../harness/workspace.ts';
import { type SourceModule, sourceModules } from './sources.ts';

let modules: readonly SourceModule[] = [];

beforeAll(async () => {
  modules = await sourceModules(['server/src', 'client/src']);
});

/** What breaks an invariant, as `module → what it must not use`. */
function offenders(
  where: (path: string) => boolean,
  offence: (module: SourceModule) => readonly string[],
): readonly string[] {
  return modules
    .filter(({ path }) => where(path))
    .flatMap((module) => offence(module).map((what) => `${module.path} → ${what}`));
}

function inside(...folders: readonly string[]): (path: string) => boolean {
  return (path) => folders.some((folder) => path.startsWith(`${folder}/`));
}

function outside(...folders: readonly string[]): (path: string) => boolean {
  const isInside = inside(...folders);
  return (path) => !isInside(path);
}

const importsOf =
  (pattern: RegExp) =>
  (module: SourceModule): readonly string[] =>
    module.imports.filter((specifier) => pattern.test(specifier));
const globalsOf =
  (...names: readonly string[]) =>
  (module: SourceModule): readonly string[] =>
    names.filter((name) => module.globals.has(name));

const pureLayers = ['model', 'flow', 'facts', 'knowledge', 'rules', 'engine', 'report'].map(
  (layer) => `server/src/${layer}`,
);

describe('who may import what', () => {
  it('sees the whole of the code', () => {
    expect(modules.length).toBeGreaterThan(80);
    expect(modules.find(({ path }) => path === 'server/src/typescript/session.ts')?.imports).toContain(
      'typescript/async',
    );
    expect(modules.find(({ path }) => path === 'server/src/typescript/native.ts')?.globals).toContain('process');
  });

  it('only server/src/typescript imports typescript', () => {
    expect(offenders(outside('server/src/typescript'), importsOf(/^typescript(?:\/|$)/))).toEqual([]);
  });

  it('only server/src/lsp imports the protocol of the server', () => {
    expect(offenders(outside('server/src/lsp'), importsOf(/^vscode-(?:languageserver|jsonrpc)/))).toEqual([]);
  });

  it('only client imports vscode and its language client', () => {
    expect(offenders(outside('client/src'), importsOf(/^vscode(?:$|-languageclient)/))).toEqual([]);
  });

  it('client and server share no module', () => {
    expect(offenders(inside('client/src'), importsOf(/^server\//))).toEqual([]);
    expect(offenders(inside('server/src'), importsOf(/^client\//))).toEqual([]);
  });

  it('only server/src/cli touches the process and the standard streams', () => {
    const allowed = new Set([
      // The name of the compiler's binary and of its package differ from platform to platform.
      'server/src/typescript/native.ts → process',
      // Where a client starts the server: the streams between them are those of the process.
      'server/src/lsp/start-server.ts → process',
    ]);
    const found = offenders(
      (path) => path.startsWith('server/src/') && !path.startsWith('server/src/cli/'),
      globalsOf('process', 'console'),
    );
    expect(found.filter((offence) => !allowed.has(offence))).toEqual([]);
  });

  it('model, flow, facts, knowledge, rules, engine and report do no I/O', () => {
    expect(
      offenders(
        inside(...pureLayers),
        importsOf(/^(?:node:|fs|path$|child_process|os$|url$|tinyglobby|write-file-atomic)/),
      ),
    ).toEqual([]);
    expect(offenders(inside(...pureLayers), importsOf(/^server\/src\/(?:node-host|text-encoding|cli|lsp)/))).toEqual(
      [],
    );
  });

  it('model, flow, facts, knowledge, rules, engine and report read neither clock nor environment', () => {
    expect(offenders(inside(...pureLayers), globalsOf('Date', 'performance', 'process', 'fetch', 'require'))).toEqual(
      [],
    );
  });

  it('model imports nothing but itself', () => {
    expect(
      offenders(inside('server/src/model'), (module) =>
        module.imports.filter((specifier) => !specifier.startsWith('server/src/model/')),
      ),
    ).toEqual([]);
  });

  it('typescript, flow, facts and rules do not know the engine, and nobody below knows the rules', () => {
    const below = ['model', 'typescript', 'flow', 'facts', 'knowledge'].map((layer) => `server/src/${layer}`);
    expect(offenders(inside(...below), importsOf(/^server\/src\/(?:engine|rules|report|lsp|cli)\//))).toEqual([]);
  });
});

describe('rules', () => {
  it('import no other rule', () => {
    const offence = ({ path, imports }: SourceModule): readonly string[] =>
      imports.filter((specifier) => ruleOf(specifier) !== undefined && ruleOf(specifier) !== ruleOf(path));
    expect(offenders((path) => ruleOf(path) !== undefined, offence)).toEqual([]);
  });

  it('ask the oracle and never the checker', () => {
    const machinery =
      /^server\/src\/typescript\/(?:checker-queries|program|projects|session|shared-snapshot|coalesce|native)\.ts$/;
    expect(offenders(inside('server/src/rules'), importsOf(machinery))).toEqual([]);
    expect(offenders(inside('server/src/rules'), ({ text }) => (/\.checker\b/.test(text) ? ['.checker'] : []))).toEqual(
      [],
    );
  });
});

/** `floating/broken-chain` for the rule's file and for the modules in a folder of its name. */
function ruleOf(path: string): string | undefined {
  return /^server\/src\/rules\/([^/]+\/[^/.]+)(?:\.ts$|\/)/.exec(path)?.[1];
}

describe('files', () => {
  /** Files that are longer for a reason. */
  const longer: Readonly<Record<string, string>> = {
    'server/src/typescript/session.ts':
      'One object with one lifetime: the compiler process, its snapshot and what waits for it.',
    'server/src/typescript/type-view.ts': 'The vocabulary of types in one place; each member is a few lines.',
  };

  it('of the server have at most 300 lines', () => {
    const lengths = modules
      .filter(({ path }) => path.startsWith('server/src/'))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    expect(
      lengths
        .filter(({ path, lines }) => lines > 300 && longer[path] === undefined)
        .map(({ path, lines }) => `${path}: ${lines} lines`),
    ).toEqual([]);
    const outgrown = Object.keys(longer).filter(
      (path) => (lengths.find((each) => each.path === path)?.lines ?? 0) <= 300,
    );
    expect(outgrown, 'are short again and need no exception').toEqual([]);
  });
});

describe('versions', () => {
  it('the compiler that the code names is the one that package.json pins', async () => {
    for (const manifest of ['package.json', 'server/package.json']) {
      const { dependencies, devDependencies } = JSON.parse(
        await readFile(`${repository}/${manifest}`, 'utf8'),
      ) as Record<string, Record<string, string> | undefined>;
      expect({ ...devDependencies, ...dependencies }.typescript, manifest).toBe(typescriptVersion);
    }
  });

  it('every dependency is pinned exactly', async () => {
    for (const manifest of ['package.json', 'server/package.json', 'client/package.json']) {
      const { dependencies, devDependencies } = JSON.parse(
        await readFile(`${repository}/${manifest}`, 'utf8'),
      ) as Record<string, Record<string, string> | undefined>;
      const loose = Object.entries({ ...devDependencies, ...dependencies }).filter(
        ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
      );
      expect(loose, manifest).toEqual([]);
    }
  });
});
