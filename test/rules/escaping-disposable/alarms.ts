import { type FileHandle, open } from 'node:fs/promises';

declare function log(handle: FileHandle): Promise<void>;
const all: FileHandle[] = [];

export async function opened(path: string): Promise<FileHandle> {
  await using handle = await open(path);
  await handle.sync();
  return handle;
//       ^^^^^^ escaping-disposable returned
//       related alarms.ts:7 "disposed at the end of its block"
}

export async function wrapped(path: string): Promise<{ readonly handle: FileHandle }> {
  await using handle = await open(path);
  return { handle };
//         ^^^^^^ escaping-disposable returned
//         related alarms.ts:15 "disposed at the end of its block"
}

export class Log {
  #file: FileHandle | undefined;
  get file(): FileHandle | undefined {
    return this.#file;
  }
  async start(path: string): Promise<void> {
    await using file = await open(path);
    this.#file = file;
//               ^^^^ escaping-disposable stored
//               related alarms.ts:27 "disposed at the end of its block"
  }
}

export async function collected(path: string): Promise<void> {
  await using handle = await open(path);
  all.push(handle);
//         ^^^^^^ escaping-disposable stored
//         related alarms.ts:35 "disposed at the end of its block"
}

export async function later(path: string): Promise<void> {
  await using handle = await open(path);
  setTimeout(() => handle.sync().catch(() => undefined), 1000);
//                 ^^^^^^ escaping-disposable later
//                 related alarms.ts:42 "disposed at the end of its block"
}

export async function unwaited(path: string): Promise<void> {
  await using handle = await open(path);
  void log(handle);
//         ^^^^^^ escaping-disposable later
//         related alarms.ts:49 "disposed at the end of its block"
}

export async function closure(path: string): Promise<() => Promise<void>> {
  await using handle = await open(path);
  return () => handle.sync();
//             ^^^^^^ escaping-disposable later
//             related alarms.ts:56 "disposed at the end of its block"
}

export async function stream(path: string): Promise<NodeJS.ReadableStream> {
  await using handle = await open(path);
  return handle.createReadStream();
//       ^^^^^^ escaping-disposable returned
//       related alarms.ts:63 "disposed at the end of its block"
}

export async function backup(path: string, rows: AsyncIterable<string>): Promise<void> {
  await using file = await open(path, 'w');
  copyAll(file, rows).catch((error: unknown) => console.error('backup failed', error));
//        ^^^^ escaping-disposable later
//        related alarms.ts:70 "disposed at the end of its block"
}

async function copyAll(file: { write(text: string): Promise<unknown> }, rows: AsyncIterable<string>): Promise<void> {
  for await (const row of rows) await file.write(row);
}
