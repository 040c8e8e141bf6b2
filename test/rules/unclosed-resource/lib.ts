import { type FileHandle, open } from 'node:fs/promises';

export async function headOf(handle: FileHandle): Promise<string> {
  const { buffer } = await handle.read({ length: 16 });
  return buffer.toString('utf8');
}
export async function closeIt(handle: FileHandle): Promise<void> {
  await handle.close();
}
const kept: FileHandle[] = [];
export async function consume(handle: FileHandle): Promise<void> {
  kept.push(handle);
}
export async function openLog(path: string): Promise<FileHandle> {
  return await open(path, 'a');
}
