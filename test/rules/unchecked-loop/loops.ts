declare function upload(row: string): Promise<void>;
declare function next(): Promise<string | undefined>;
declare function rows(): AsyncIterable<string>;

export async function overElements(all: readonly string[], signal: AbortSignal): Promise<void> {
  for (const row of all) {
//^^^ unchecked-loop unchecked
// related loops.ts:9 "waits here"
    await upload(row);
  }
}

export async function oneLine(all: readonly string[], signal?: AbortSignal): Promise<void> {
  for (const row of all) await upload(row);
//^^^ unchecked-loop unchecked
// related loops.ts:14 "waits here"
}

export async function untilEmpty(options: { readonly signal?: AbortSignal }): Promise<void> {
  let row = await next();
  while (row !== undefined) {
//^^^^^ unchecked-loop unchecked
// related loops.ts:24 "waits here"
    await upload(row);
    row = await next();
  }
}

export async function counted(all: readonly string[], signal: AbortSignal): Promise<void> {
  for (let index = 0; index < all.length; index++) {
//^^^ unchecked-loop unchecked
// related loops.ts:33 "waits here"
    await upload(all[index] ?? '');
  }
}

export async function streamed(signal: AbortSignal): Promise<void> {
  for await (const row of rows()) {
//^^^ unchecked-loop unchecked
// related loops.ts:41 "waits here"
    await upload(row);
  }
}

export {};
