import { load } from './lib';

async function textOrNone(id: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    return await load(id, { signal });
  } catch {
    return undefined;
  }
}

// Nobody gives it a signal yet.
export async function page(id: string): Promise<string> {
  return (await textOrNone(id)) ?? '';
}

async function namesOf(id: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    return await load(id, { signal });
  } catch {
    return undefined;
  }
}

async function namesOfKind(kind: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  if (kind === 'none') return undefined;
  return namesOf(kind, signal);
}

// The only caller asks as soon as the answer is there.
export async function gather(kind: string, signal?: AbortSignal): Promise<string> {
  const names = await namesOfKind(kind, signal);
  signal?.throwIfAborted();
  return names ?? '';
}

async function collect(id: string, signal?: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  const work = (async () => {
    try {
      found.push(await load(id, { signal }));
      signal?.throwIfAborted();
      found.push(await load(`${id}/more`, { signal }));
    } catch {
      // Whatever was found until an abort is given back.
    }
  })();
  await work;
  return found;
}

// What it waits for ends every error by itself.
export async function context(id: string, signal?: AbortSignal): Promise<string> {
  try {
    return (await collect(id, signal)).join();
  } catch {
    return '';
  }
}

declare function isApplied(id: string): Promise<boolean>;

// What has been done is told as done; everything else is thrown.
export async function applied(id: string, signal?: AbortSignal): Promise<void> {
  try {
    await load(id, { signal });
  } catch (error) {
    try {
      if (await isApplied(id)) return;
    } catch (other) {
      throw new Error('neither applied nor checked', { cause: other });
    }
    throw error;
  }
}
