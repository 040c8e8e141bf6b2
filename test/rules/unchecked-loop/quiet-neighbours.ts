declare function upload(row: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
declare function rows(options?: { readonly signal?: AbortSignal }): AsyncIterable<string>;

export async function asks(all: readonly string[], signal: AbortSignal): Promise<void> {
  for (const row of all) {
    signal.throwIfAborted();
    await upload(row);
  }
}

export async function passes(all: readonly string[], signal: AbortSignal): Promise<void> {
  for (const row of all) await upload(row, { signal });
}

export async function passesWhole(all: readonly string[], options: { readonly signal?: AbortSignal }): Promise<void> {
  for (const row of all) await upload(row, options);
}

export async function inPlace(signal: AbortSignal): Promise<void> {
  for (const row of ['a', 'b']) await upload(row);
}

export async function fewTimes(signal: AbortSignal): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) await upload('a');
}

export async function boundSource(signal: AbortSignal): Promise<void> {
  const source = rows({ signal });
  for await (const row of source) console.log(row);
}

export async function noWaits(all: readonly string[], signal: AbortSignal): Promise<void> {
  for (const row of all) console.log(row);
  await upload('a', { signal });
}

export async function noSignal(all: readonly string[]): Promise<void> {
  for (const row of all) await upload(row);
}

export async function cleanUp(all: readonly string[], signal: AbortSignal): Promise<void> {
  try {
    await upload('a', { signal });
  } finally {
    for (const row of all) await upload(row);
  }
}

/** What is iterated may end by itself. */
export async function streamed(source: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  for await (const row of source) console.log(row);
  await upload('a', { signal });
}

export async function read(reader: ReadableStreamDefaultReader<string>, signal: AbortSignal): Promise<void> {
  while (true) {
    const { done } = await reader.read();
    if (done) break;
  }
  await upload('a', { signal });
}
