import { type FileHandle, open } from 'node:fs/promises';

declare function log(handle: FileHandle): Promise<void>;

export async function read(path: string): Promise<string> {
  await using handle = await open(path);
  const parts: FileHandle[] = [];
  parts.push(handle);
  let current: FileHandle | undefined;
  if (parts.length > 0) {
    const inner = handle;
    current = inner;
  }
  await log(handle);
  await Promise.all([1, 2].map(async () => handle.stat()));
  console.log(current);
  return await handle.readFile('utf8');
}

export async function owned(path: string): Promise<FileHandle> {
  const handle = await open(path);
  return handle;
}

export async function moved(path: string): Promise<AsyncDisposableStack> {
  await using stack = new AsyncDisposableStack();
  await using handle = await open(path);
  stack.use(handle);
  return stack.move();
}

export async function size(path: string): Promise<{ readonly size: number; readonly fd: number }> {
  await using handle = await open(path);
  const { size } = await handle.stat();
  return { size, fd: handle.fd };
}

export async function timed(path: string): Promise<void> {
  await using handle = await open(path);
  const timer = setInterval(() => void handle.sync(), 1000);
  await log(handle);
  clearInterval(timer);
}

export async function waitedFor(path: string): Promise<void> {
  await using handle = await open(path);
  await handle.readFile().catch(() => undefined);
  for await (const line of handle.readLines()) console.log(line);
}
