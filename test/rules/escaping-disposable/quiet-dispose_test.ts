import { type FileHandle, open } from 'node:fs/promises';

// A test looks at what has been disposed of.
export async function closes(path: string): Promise<boolean> {
  let captured: FileHandle | undefined;
  {
    await using handle = await open(path);
    captured = handle;
  }
  return captured.fd === -1;
}
