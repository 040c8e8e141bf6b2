import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import type { Host } from './model/host.ts';
import { decodeFile } from './text-encoding.ts';
import { normalise } from './typescript/paths.ts';

/** The real file system and clock. Folders that are symbolic links are not listed, so that a walk always ends. */
export function nodeHost(): Host {
  return {
    async readFile(path) {
      try {
        return decodeFile(await readFile(path)).text;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async kind(path) {
      try {
        const stats = await stat(path);
        if (stats.isDirectory()) return 'directory';
        return stats.isFile() ? 'file' : undefined;
      } catch {
        return undefined;
      }
    },
    async list(path) {
      const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
      const linked = entries.filter((entry) => entry.isSymbolicLink());
      const linkedFiles = await Promise.all(linked.map((entry) => isFile(`${path}/${entry.name}`)));
      return {
        files: [...entries.filter((entry) => entry.isFile()), ...linked.filter((_, index) => linkedFiles[index])].map(
          (entry) => entry.name,
        ),
        directories: entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
      };
    },
    async realpath(path) {
      try {
        return normalise(await realpath(path));
      } catch {
        return path;
      }
    },
    now: () => performance.now(),
  };
}

/** A host whose `readFile` answers unsaved texts first. The map may change between questions. */
export function withBuffers(host: Host, buffers: ReadonlyMap<string, string>): Host {
  return {
    ...host,
    readFile: async (path) => buffers.get(path) ?? host.readFile(path),
    kind: async (path) => (buffers.has(path) ? 'file' : host.kind(path)),
  };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}
