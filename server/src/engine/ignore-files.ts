import ignore, { type Ignore } from 'ignore';
import type { Host } from '../model/host.ts';
import { ancestors, isInside, join } from '../typescript/paths.ts';

interface IgnoreFile {
  readonly directory: string;
  readonly patterns: Ignore;
}

/** The `.gitignore` files that hold in one folder, outermost first. */
export type IgnoreFiles = readonly IgnoreFile[];

/** The `.gitignore` files from the root of the repository down to a folder. Outside a repository only the folder's own. */
export async function ignoreFilesAbove(host: Host, directory: string): Promise<IgnoreFiles> {
  const above = [...ancestors(directory)];
  const kinds = await Promise.all(above.map((at) => host.kind(join(at, '.git'))));
  const root = kinds.findIndex((kind) => kind !== undefined);
  const found = await Promise.all(
    above
      .slice(0, root + 1)
      .slice(1)
      .map((at) => ignoreFileIn(host, at)),
  );
  return withIgnoreFile(host, found.filter((file) => file !== undefined).reverse(), directory);
}

/** Adds the `.gitignore` of a folder to those of the folders around it. */
export async function withIgnoreFile(host: Host, outer: IgnoreFiles, directory: string): Promise<IgnoreFiles> {
  const own = await ignoreFileIn(host, directory);
  return own ? [...outer, own] : outer;
}

/** Whether git leaves a path out. An inner file has the last word, as in git. */
export function isIgnored(files: IgnoreFiles, path: string, isDirectory: boolean): boolean {
  for (const { directory, patterns } of files.toReversed()) {
    if (!isInside(path, directory)) continue;
    const relative = path.slice(directory.endsWith('/') ? directory.length : directory.length + 1);
    const verdict = patterns.test(isDirectory ? `${relative}/` : relative);
    if (verdict.ignored || verdict.unignored) return verdict.ignored;
  }
  return false;
}

async function ignoreFileIn(host: Host, directory: string): Promise<IgnoreFile | undefined> {
  const text = await host.readFile(join(directory, '.gitignore')).catch(() => undefined);
  if (text === undefined) return undefined;
  return { directory, patterns: ignore({ ignorecase: false, allowRelativePaths: true }).add(text) };
}
