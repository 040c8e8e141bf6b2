import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { normalise } from '../../server/src/typescript/paths.ts';

/** A folder of files that is removed when its scope ends. */
export interface TemporaryFolder extends AsyncDisposable {
  /** Absolute, with forward slashes. */
  readonly path: string;
  file(relative: string): string;
  /** Writes or overwrites a file and the folders above it. */
  write(relative: string, text: string): Promise<string>;
  remove(relative: string): Promise<void>;
  link(relative: string, target: string): Promise<void>;
}

/** @param files texts by relative path */
export async function temporaryFolder(files: Readonly<Record<string, string>> = {}): Promise<TemporaryFolder> {
  const root = normalise(await realpath(await mkdtemp(path.join(tmpdir(), 'asynclint-'))));
  const folder: TemporaryFolder = {
    path: root,
    file: (relative) => `${root}/${relative}`,
    async write(relative, text) {
      const file = `${root}/${relative}`;
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    remove: (relative) => rm(`${root}/${relative}`, { recursive: true, force: true }),
    async link(relative, target) {
      const file = `${root}/${relative}`;
      await mkdir(path.dirname(file), { recursive: true });
      await symlink(target, file, 'dir');
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
  await Promise.all(Object.entries(files).map(([relative, text]) => folder.write(relative, text)));
  return folder;
}
