import picomatch from 'picomatch';
import { compareText, type Note } from '../model/finding.ts';
import type { Host } from '../model/host.ts';
import { basename, dirname, isInside, isLintable, join } from '../typescript/paths.ts';
import type { IgnoreMatcher } from './config.ts';
import { type IgnoreFiles, ignoreFilesAbove, isIgnored, withIgnoreFile } from './ignore-files.ts';

export interface FileSetRequest {
  readonly host: Host;
  /** Absolute; relative paths and patterns start here. */
  readonly cwd: string;
  /** Files, folders and glob patterns, with forward slashes. */
  readonly paths: readonly string[];
  /** The `ignore` of the config that holds for a path. */
  readonly configOf: (path: string) => Promise<{ readonly ignore: IgnoreMatcher; readonly file?: string }>;
  readonly signal: AbortSignal;
}

export interface FileSet {
  /** Absolute paths, sorted, each once. */
  readonly files: readonly string[];
  /** Files that were named and are left out, with the reason: `info` where the config says so, `warning` where they are no source. */
  readonly notes: readonly Note[];
  /** Paths that are not there and patterns that match nothing, as they were given. */
  readonly unmatched: readonly { readonly path: string; readonly isPattern: boolean }[];
}

/**
 * The files that a run is about. Folders are searched for TypeScript and JavaScript, leaving out `node_modules`, dot
 * folders, minified files and what `.gitignore` and the config's `ignore` name. A path named outright is taken even
 * if git ignores it.
 */
export async function filesToLint(request: FileSetRequest): Promise<FileSet> {
  const { host, cwd } = request;
  const files = new Set<string>();
  const notes: Note[] = [];
  const unmatched: { path: string; isPattern: boolean }[] = [];
  for (const given of request.paths) {
    request.signal.throwIfAborted();
    const path = trimSlash(join(cwd, given));
    const kind = await host.kind(path);
    if (kind === 'directory') {
      for (const file of await walk(request, path)) files.add(file);
    } else if (kind === 'file') {
      const reason = await reasonToSkip(request, path);
      if (reason === undefined) files.add(path);
      else notes.push({ level: isLintable(path) ? 'info' : 'warning', file: path, text: `${given} ${reason}` });
    } else {
      const isPattern = picomatch.scan(given).isGlob;
      const found = isPattern ? await matching(request, given) : [];
      for (const file of found) files.add(file);
      if (found.length === 0) unmatched.push({ path: given, isPattern });
    }
  }
  return { files: [...files].sort(compareText), notes, unmatched };
}

/** Of a project's own files those that can be linted and that neither a package nor the config's `ignore` owns. */
export async function projectFilesToLint(
  files: readonly string[],
  configOf: FileSetRequest['configOf'],
): Promise<readonly string[]> {
  const candidates = files.filter((file) => isLintable(file) && !file.includes('/node_modules/'));
  const ignored = await Promise.all(candidates.map(async (file) => (await configOf(file)).ignore.file(file)));
  return candidates.filter((_, index) => !ignored[index]).sort(compareText);
}

async function reasonToSkip(request: FileSetRequest, path: string): Promise<string | undefined> {
  if (!isLintable(path)) {
    return /\.d\.[cm]?ts$/.test(path)
      ? 'is a declaration file, which runs nothing'
      : 'is neither TypeScript nor JavaScript';
  }
  const config = await request.configOf(path);
  return config.ignore.file(path) ? `is left out by "ignore" in ${basename(config.file ?? 'the config')}` : undefined;
}

async function matching(request: FileSetRequest, pattern: string): Promise<string[]> {
  const { base, glob } = picomatch.scan(pattern);
  const root = trimSlash(join(request.cwd, base));
  if ((await request.host.kind(root)) !== 'directory') return [];
  const isMatch = picomatch(glob);
  return (await walk(request, root)).filter((file) => isMatch(file.slice(root === '/' ? 1 : root.length + 1)));
}

async function walk(request: FileSetRequest, root: string): Promise<string[]> {
  const above = await ignoreFilesAbove(request.host, root);
  // A folder that is named outright counts although git ignores it; then only what lies inside it has a say.
  const outer = above.filter((file) => !isInsideIgnored([file], root));
  return walkFolder(request, root, outer);
}

async function walkFolder(request: FileSetRequest, directory: string, ignoreFiles: IgnoreFiles): Promise<string[]> {
  request.signal.throwIfAborted();
  const { host } = request;
  const { files, directories } = await host.list(directory);
  const config = await request.configOf(join(directory, '_'));
  const here = files
    .map((name) => join(directory, name))
    .filter((file) => isLintable(file) && !/\.min\.[cm]?js$/.test(file))
    .filter((file) => !isIgnored(ignoreFiles, file, false) && !config.ignore.file(file));
  const folders = directories
    .filter((name) => name !== 'node_modules' && !name.startsWith('.'))
    .map((name) => join(directory, name))
    .filter((folder) => !isIgnored(ignoreFiles, folder, true) && !config.ignore.directory(folder));
  const below = await Promise.all(
    folders.map(async (folder) => walkFolder(request, folder, await withIgnoreFile(host, ignoreFiles, folder))),
  );
  return [...here, ...below.flat()];
}

function isInsideIgnored(files: IgnoreFiles, directory: string): boolean {
  return files.some((file) => {
    for (let at = directory; isInside(at, file.directory); at = dirname(at)) {
      if (isIgnored([file], at, true)) return true;
    }
    return false;
  });
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
