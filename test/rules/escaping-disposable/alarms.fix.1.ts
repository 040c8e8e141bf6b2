import { type FileHandle, open } from 'node:fs/promises';

declare function log(handle: FileHandle): Promise<void>;
const all: FileHandle[] = [];

export async function opened(path: string): Promise<FileHandle> {
  const handle = await open(path);
  await handle.sync();
  return handle;
}

export async function wrapped(path: string): Promise<{ readonly handle: FileHandle }> {
  const handle = await open(path);
  return { handle };
}

export class Log {
  #file: FileHandle | undefined;
  get file(): FileHandle | undefined {
    return this.#file;
  }
  async start(path: string): Promise<void> {
    const file = await open(path);
    this.#file = file;
  }
}

export async function collected(path: string): Promise<void> {
  const handle = await open(path);
  all.push(handle);
}

export async function later(path: string): Promise<void> {
  await using handle = await open(path);
  setTimeout(() => handle.sync().catch(() => undefined), 1000);
}

export async function unwaited(path: string): Promise<void> {
  await using handle = await open(path);
  void log(handle);
}

export async function closure(path: string): Promise<() => Promise<void>> {
  await using handle = await open(path);
  return () => handle.sync();
}

export async function stream(path: string): Promise<NodeJS.ReadableStream> {
  const handle = await open(path);
  return handle.createReadStream();
}

export async function backup(path: string, rows: AsyncIterable<string>): Promise<void> {
  await using file = await open(path, 'w');
  copyAll(file, rows).catch((error: unknown) => console.error('backup failed', error));
}

async function copyAll(file: { write(text: string): Promise<unknown> }, rows: AsyncIterable<string>): Promise<void> {
  for await (const row of rows) await file.write(row);
}
