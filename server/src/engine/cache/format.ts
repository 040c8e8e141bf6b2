import * as z from 'zod';
import type { Finding, Fix, Note } from '../../model/finding.ts';
import { nextTurn } from '../turns.ts';
import type { World } from './world.ts';

/** The result of one file, as it is kept. */
export interface Entry {
  readonly file: string;
  /** The digest of the text that was linted. */
  readonly hash: string;
  /** The digest of the rules, severities and options that held. */
  readonly config: string;
  /** Index of the world that it rests on. */
  readonly world: number;
  /** Whether it rests on all files of the project. */
  readonly restsOnProject: boolean;
  /** The files that it rests on, those of the config left out. */
  readonly dependsOn: readonly string[];
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  /** The fixes of each finding; absent where nobody asked for them. */
  readonly fixes?: readonly (readonly Fix[])[] | undefined;
  readonly notes: readonly Note[];
}

/** All that is kept about the files of one tsconfig. */
export interface Bucket {
  readonly name: string;
  readonly worlds: readonly World[];
  readonly entries: readonly Entry[];
  /** The files of the tsconfig and of those that it references, where they were asked for. */
  readonly projectFiles?: readonly string[] | undefined;
}

/** Changes when the shape below does; the version of the program is part of the header too. */
const formatVersion = 1;

/** So many things stand in one line. A line is written and read in one turn of the event loop. */
const inOneLine = 200;

/**
 * The text to keep: a header that says what it is, and a bucket in lines of JSON. Other work runs meanwhile.
 */
export async function writeBucket(bucket: Bucket, version: string, digest: (text: string) => string): Promise<string> {
  const { name, worlds, entries, projectFiles } = bucket;
  const lines = [JSON.stringify({ name, projectFiles })];
  const add = async (list: readonly unknown[], as: string): Promise<void> => {
    for (let from = 0; from < list.length; from += inOneLine) {
      lines.push(JSON.stringify({ [as]: list.slice(from, from + inOneLine) }));
      await nextTurn();
    }
  };
  for (const { sources, folders, files, ...world } of worlds) {
    lines.push(JSON.stringify({ world }));
    await add(sources, 'sources');
    await add(folders, 'folders');
    await add(files, 'files');
  }
  await add(entries, 'entries');
  const body = lines.join('\n');
  return `${header(version)} ${digest(body)}\n${body}`;
}

/** The bucket in a kept text; undefined where the text is another's, is damaged, or says what cannot be. Other work runs meanwhile. */
export async function readBucket(
  text: string,
  name: string,
  version: string,
  digest: (text: string) => string,
): Promise<Bucket | undefined> {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== `${header(version)} ${digest(body)}`) return undefined;
  const worlds: (Omit<World, 'sources' | 'folders' | 'files'> & Parts)[] = [];
  const entries: Entry[] = [];
  let head: z.infer<typeof headSchema> | undefined;
  for (const each of body.split('\n')) {
    const json = parseJson(each);
    if (!head) {
      head = headSchema.safeParse(json).data;
      if (head?.name !== name) return undefined;
      continue;
    }
    const line = lineSchema.safeParse(json).data;
    if (!line) return undefined;
    const last = worlds.at(-1);
    if ('world' in line)
      worlds.push({ ...(line.world as Omit<World, keyof Parts>), sources: [], folders: [], files: [] });
    else if ('entries' in line) entries.push(...(line.entries as Entry[]));
    else if (!last) return undefined;
    else if ('sources' in line) last.sources.push(...(line.sources as World['sources']));
    else if ('folders' in line) last.folders.push(...line.folders);
    else last.files.push(...(line.files as World['files']));
    await nextTurn();
  }
  const bucket: Bucket = { name, worlds, entries, ...(head?.projectFiles && { projectFiles: head.projectFiles }) };
  return hasSaneIndices(bucket) ? bucket : undefined;
}

interface Parts {
  readonly sources: World['sources'][number][];
  readonly folders: World['folders'][number][];
  readonly files: World['files'][number][];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function header(version: string): string {
  return `asynclint-cache ${formatVersion} ${version}`;
}

function hasSaneIndices({ worlds, entries }: Bucket): boolean {
  const isBelow = (limit: number) => (index: number) => index < limit;
  return (
    entries.every(
      ({ world, fixes, findings }) => world < worlds.length && (!fixes || fixes.length === findings.length),
    ) &&
    worlds.every(({ sources, groups, paths, names }) =>
      sources.every(
        (source) =>
          source.imports.every(isBelow(sources.length)) &&
          source.groups.every(isBelow(groups.length)) &&
          source.paths.every(isBelow(paths.length)) &&
          source.names.every(isBelow(names.length)),
      ),
    )
  );
}

// What is kept may have been written by anybody: it is shown and compared, never run, and names only absolute local paths.
const line = z.string().regex(/^(?:\P{Cc}|[\n\t])*$/u);
const path = z.string().regex(/^(?:\/(?!\/)|[A-Z]:\/)\P{Cc}*$/u);
const index = z.int().nonnegative();
const span = z.object({ start: index, end: index });
const location = { file: path, span };
const fileTrace = z.object({ path, stamp: line, hash: line.optional() });
const note = z.object({
  level: z.enum(['info', 'warning', 'error']),
  text: line,
  file: path.optional(),
  rule: line.optional(),
});
const task = z.object({ ...location, name: line });
const interleaving = z.object({
  tasks: z.tuple([task, task]),
  steps: z.array(
    z.object({
      ...location,
      task: z.union([z.literal(0), z.literal(1)]),
      kind: z.enum(['calls', 'reads', 'checks', 'suspends', 'resumes', 'writes', 'acquires', 'releases']),
      text: line,
      note: line.optional(),
    }),
  ),
  outcome: line,
  evidence: z.object({ text: line, at: z.object(location).optional() }),
});
const finding = z.object({
  ...location,
  rule: line,
  key: line,
  message: line,
  why: line,
  help: line,
  severity: z.enum(['error', 'warning', 'information']),
  related: z.array(z.object({ ...location, message: line })),
  interleaving: interleaving.optional(),
  fixable: z.boolean(),
  dependsOn: z.array(path),
});
const fix = z.object({
  title: line,
  safe: z.boolean(),
  edits: z.array(z.object({ ...location, newText: z.string() })),
});
const world = z.object({
  home: line,
  tsconfig: path.optional(),
  notes: z.array(note),
  roots: z.array(path).optional(),
  allowsJs: z.boolean(),
  mapping: z.object({
    paths: z.record(z.string(), z.array(line)),
    rootDirs: z.array(path),
    suffixes: z.array(line),
  }),
  groups: z.array(path),
  paths: z.array(line),
  names: z.array(line),
  missing: z.array(path),
  excluded: z.array(path),
  packages: z.array(z.tuple([path, z.union([path, z.literal('')])])),
  kinds: z.array(z.tuple([path, z.string()])),
});
const source = z.object({
  path,
  stamp: line,
  hash: line,
  isGlobal: z.boolean(),
  imports: z.array(index),
  groups: z.array(index),
  paths: z.array(index),
  names: z.array(index),
});
const folder = z.object({ path, watched: z.enum(['configs', 'packages', 'sources']), entries: z.array(line) });
const entry = z.object({
  file: path,
  hash: line,
  config: line,
  world: index,
  restsOnProject: z.boolean(),
  dependsOn: z.array(path),
  findings: z.array(finding),
  suppressed: z.array(finding),
  fixes: z.array(z.array(fix)).optional(),
  notes: z.array(note),
});
const headSchema = z.object({ name: line, projectFiles: z.array(path).optional() });
const lineSchema = z.union([
  z.object({ entries: z.array(entry) }),
  z.object({ sources: z.array(source) }),
  z.object({ folders: z.array(folder) }),
  z.object({ files: z.array(fileTrace) }),
  z.object({ world }),
]);
