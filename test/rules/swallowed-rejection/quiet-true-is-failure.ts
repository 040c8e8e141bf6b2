import { mkdir, rename, stat } from 'node:fs/promises';

/** Makes a folder of a file that is in its way. True where something went wrong. */
export async function makeRoom(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isFile()) {
      await rename(path, `${path}.bak`);
      await mkdir(path);
      return false;
    }
    return false;
  } catch {
    return true;
  }
}
