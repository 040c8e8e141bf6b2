/**
 * Graphs of the functions in `fixtures/*.ts`, and answers to the questions in their comments, as text beside them.
 * UPDATE=1 writes the texts; read the difference.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../server/src/node-host.ts';
import type { SourceFile } from '../../server/src/typescript/ast.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { repository } from '../harness/workspace.ts';
import { reportOf } from './report.ts';

const directory = `${repository}/test/flow/fixtures`;
const names = (await readdir(directory)).filter((name) => /\.tsx?$/.test(name)).sort();

const sources = new Map<string, SourceFile>();
let session: Session;

beforeAll(async () => {
  session = new Session({ host: nodeHost(), cwd: directory });
  const paths = names.map((name) => `${directory}/${name}`);
  await using lease = await session.lease(paths, AbortSignal.timeout(60_000));
  for (const [index, path] of paths.entries()) {
    const view = await lease.program(path).view(path);
    if (view) sources.set(names[index] ?? '', view.sourceFile);
  }
});

afterAll(() => session.close());

describe('control flow', () => {
  for (const name of names) {
    it(name, async () => {
      const source = sources.get(name);
      if (!source) throw new Error(`${name} is not in the program.`);
      const report = reportOf(source);
      const path = `${directory}/${name.replace(/\.tsx?$/, '.txt')}`;
      if (process.env.UPDATE) await writeFile(path, report);
      expect(report).toBe(await readFile(path, 'utf8').catch(() => ''));
    });
  }
});
