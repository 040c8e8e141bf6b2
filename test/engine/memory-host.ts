import type { Host } from '../../server/src/model/host.ts';

/** A file system made of a record. An entry that is an Error makes the file unreadable. */
export function memoryHost(
  files: Record<string, string | Error>,
): Host & { readonly files: Record<string, string | Error> } {
  return {
    files,
    async readFile(path) {
      const content = files[path];
      if (content instanceof Error) throw content;
      return content;
    },
    async kind(path) {
      if (path in files) return 'file';
      return Object.keys(files).some((file) => file.startsWith(path === '/' ? '/' : `${path}/`))
        ? 'directory'
        : undefined;
    },
    async list(path) {
      const prefix = path === '/' ? '/' : `${path}/`;
      const inside = Object.keys(files)
        .filter((file) => file.startsWith(prefix))
        .map((file) => file.slice(prefix.length));
      const directories = inside.filter((name) => name.includes('/')).map((name) => name.slice(0, name.indexOf('/')));
      return { files: inside.filter((name) => !name.includes('/')), directories: [...new Set(directories)] };
    },
    realpath: async (path) => path,
    now: () => 0,
  };
}
