import { closeSync, openSync, writeSync } from 'node:fs';
import { open, opendir, readFile } from 'node:fs/promises';
import { consume, closeIt, headOf } from './lib.ts';

export async function never(path: string): Promise<number> {
  await using handle = await open(path);
  const { size } = await handle.stat();
  return size;
}

export async function neverThroughHelper(path: string): Promise<string> {
  const handle = await open(path);
  try {
    return await headOf(handle);
  } finally {
    await handle.close();
  }
}

export async function dropped(path: string): Promise<string> {
  return (await open(path)).readFile('utf8');
}

export async function droppedIntoHelper(path: string): Promise<string> {
  return headOf(await open(path));
}

export async function missed(path: string): Promise<string> {
  await using handle = await open(path);
  const text = await handle.readFile('utf8');
  return text;
}

export async function missedOnReturn(path: string): Promise<string> {
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
    if (size === 0) return '';
  } catch {
    await handle.close();
    return 'broken';
  }
  await handle.close();
  return 'full';
}

export async function missedByThrow(path: string, isValid: (path: string) => boolean): Promise<void> {
  await using dir = await opendir(path);
  if (!isValid(path)) throw new Error('not valid');
}

export async function closed(path: string): Promise<string> {
  const handle = await open(path);
  try {
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

export async function managed(path: string): Promise<string> {
  await using handle = await open(path);
  return await handle.readFile('utf8');
}

export async function left(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of await opendir(path)) names.push(entry.name);
  const dir = await opendir(path);
  for await (const entry of dir) names.push(entry.name);
  const handle = await open(path);
  for await (const chunk of handle.createReadStream()) names.push(String(chunk));
  await consume(await open(path));
  const other = await open(path);
  await closeIt(other);
  names.push(await readFile(path, 'utf8'));
  return names;
}

export function writeAll(path: string, parts: readonly string[]): number {
  const fd = openSync(path, 'w');
  if (parts.length === 0) return 0;
  for (const part of parts) writeSync(fd, part);
  closeSync(fd);
  return parts.length;
}
