import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import writeFileAtomic from 'write-file-atomic';
import type { CacheHost } from './model/cache-host.ts';
import { decodeFile } from './text-encoding.ts';

/** Where the operating system wants such things; a folder of a checked out repository is never taken for it. */
export function defaultCacheFolder(): string {
  return envPaths('asynclint', { suffix: '' }).cache;
}

/**
 * Distinguishes builds: another build may find something else. A chunk of a bundle is named by its content, and with it
 * by that of the engine and the rules; any other file is known by its size and time.
 * @param version the version of the package
 */
export async function cacheVersion(version: string): Promise<string> {
  const file = fileURLToPath(import.meta.url);
  const name = path.basename(file);
  if (/-[A-Z0-9]{8}\.js$/.test(name)) return `${version} ${name}`;
  const { size, mtimeMs } = await stat(file);
  return `${version} ${name} ${size} ${mtimeMs}`;
}

/**
 * A cache in a folder, which is made when something is to be kept. What cannot be read or written is not kept.
 * @param folder absolute
 */
export function nodeCache(folder: string): CacheHost {
  let isTidy = false;
  return {
    async stamp(file) {
      try {
        const stats = await stat(file);
        if (!stats.isFile() && !stats.isDirectory()) return undefined;
        const { size, mtimeMs, ctimeMs, ino } = stats;
        return { id: `${size} ${mtimeMs} ${ctimeMs} ${ino}`, changedAt: Math.max(mtimeMs, ctimeMs) };
      } catch {
        return undefined;
      }
    },
    async read(file) {
      try {
        return decodeFile(await readFile(file)).text;
      } catch {
        return undefined;
      }
    },
    async names(directory) {
      return (await readdir(directory).catch(() => [])).sort();
    },
    digest: (text) => hash('sha256', text, 'base64url').slice(0, 27),
    time: () => Date.now(),
    async load(name) {
      return readFile(path.join(folder, `${name}.json`), 'utf8').catch(() => undefined);
    },
    async save(name, text) {
      try {
        await makeFolder(folder);
        await writeFileAtomic(path.join(folder, `${name}.json`), text, { fsync: false });
        if (!isTidy) await tidy(folder);
        isTidy = true;
      } catch {
        // A folder that cannot be written costs time at the next run and nothing else.
      }
    },
  };
}

/** Node's own recursive `mkdir` tries for ever where a folder is there and nothing can be made in it, as in `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  const isThere = await stat(parent).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isThere && parent !== folder) await makeFolder(parent);
  // Another process may have made it meanwhile. Where it could not be made, writing into it says so.
  await mkdir(folder).catch(() => undefined);
}

const mostBytes = 200 * 1024 * 1024;
const mostDays = 30;

/** Deletes what nobody has written for a month, and the oldest where it is too much in all. */
async function tidy(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.json(?:\.\d+)?$/.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const stats = await stat(file).catch(() => undefined);
      return { file, size: stats?.size ?? 0, changedAt: stats?.mtimeMs ?? 0 };
    }),
  );
  files.sort((a, b) => b.changedAt - a.changedAt);
  const oldest = Date.now() - mostDays * 24 * 60 * 60 * 1000;
  let bytes = 0;
  for (const { file, size, changedAt } of files) {
    bytes += size;
    if (bytes > mostBytes || changedAt < oldest) await unlink(file).catch(() => undefined);
  }
}
