import { open } from 'node:fs/promises';

export async function* parts(path: string, count: number): AsyncGenerator<string> {
  const handle = await open(path);
  for (let part = 0; part < count; part++) yield `${handle.fd} ${part}`;
//                                         ^^^^^ abandoned-iterator generator
//                                         related generators.ts:4 "opened here"
  await handle.close();
}

export async function* partsClosed(path: string, count: number): AsyncGenerator<string> {
  const handle = await open(path);
  try {
    for (let part = 0; part < count; part++) yield `${handle.fd} ${part}`;
  } finally {
    await handle.close();
  }
}

export async function* partsManaged(path: string, count: number): AsyncGenerator<string> {
  await using handle = await open(path);
  for (let part = 0; part < count; part++) yield `${handle.fd} ${part}`;
}

// That it stays open where reading fails is `unclosed-resource`'s, and its `finally` mends both.
export async function* read(path: string): AsyncGenerator<string> {
  const handle = await open(path);
  for (;;) {
    const { bytesRead } = await handle.read(Buffer.alloc(10));
    if (bytesRead === 0) break;
    yield String(bytesRead);
  }
  await handle.close();
}
