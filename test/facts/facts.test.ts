import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../server/src/node-host.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { Workspace } from '../harness/workspace.ts';
import { ask } from './ask.ts';
import { type CaseFile, parseCase, withAnswers } from './case.ts';

const folder = new URL('cases/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
const isUpdate = process.env['UPDATE'] === '1';

let workspace: Workspace;
let session: Session;
beforeAll(async () => {
  workspace = await Workspace.create();
  session = new Session({ host: nodeHost(), cwd: workspace.root });
});
afterAll(async () => {
  await session.close();
  await workspace.remove();
});

describe('facts', () => {
  it.each(names)('%s', async (name) => {
    const text = await readFile(new URL(name, folder), 'utf8');
    const files = parseCase(text);
    const answers = await answersOf(name, files);
    if (isUpdate) await writeFile(new URL(name, folder), withAnswers(text, answers));
    const expected = new Map(files.flatMap((file) => file.questions.map((q) => [`${file.name}:${q.line}`, q.answer])));
    expect(expected.size).toBeGreaterThan(0);
    expect(readable(answers, files)).toEqual(isUpdate ? readable(answers, files) : readable(expected, files));
  });
});

/** The answers by file name and line. */
async function answersOf(name: string, files: readonly CaseFile[]): Promise<ReadonlyMap<string, string>> {
  const directory = await workspace.project(
    name.replace(/\.txt$/, ''),
    new Map(files.map((file) => [file.name, file.text])),
  );
  const relative = (path: string): string => path.replace(`${directory}/`, '');
  const sources = files.filter((file) => file.questions.length > 0);
  const paths = sources.map((file) => `${directory}/${file.name}`);
  await using lease = await session.lease(paths, AbortSignal.timeout(30_000));
  const answers = new Map<string, string>();
  for (const file of sources) {
    const path = `${directory}/${file.name}`;
    const program = lease.program(path);
    const sourceFile = await program.sourceFile(path);
    if (!sourceFile) throw new Error(`The compiler does not have ${file.name}.`);
    for (const question of file.questions) {
      answers.set(`${file.name}:${question.line}`, await ask(question, program, sourceFile, relative));
    }
  }
  return answers;
}

/** One line for each question, so that a difference can be read. */
function readable(answers: ReadonlyMap<string, string>, files: readonly CaseFile[]): readonly string[] {
  return files.flatMap(({ name, text, questions }) => {
    const lines = text.split('\n');
    return questions.map(({ line, about, fact, subject }) => {
      const code = lines[about]?.trim() ?? '';
      return `${name}:${about + 1} ${code} | ${fact}${subject === undefined ? '' : `(${subject})`} → ${answers.get(`${name}:${line}`)}`;
    });
  });
}
