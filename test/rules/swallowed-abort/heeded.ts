interface Options {
  readonly id: string;
  readonly signal?: AbortSignal;
}

declare function read(id: string, signal?: AbortSignal): Promise<string>;

async function readOf({ id, ...others }: Options): Promise<string> {
  return await read(id, others.signal);
}

async function readTwice(options: Options): Promise<string> {
  return (await readOf(options)) + (await readOf({ ...options, id: 'b' }));
}

export async function heeded(options: Options): Promise<string> {
  try {
    return await readTwice(options);
  } catch (error) {
//  ^^^^^ swallowed-abort swallowed
//  related heeded.ts:18 "rejects when it is aborted"
    console.error(error);
    return '';
  }
}

async function readUnless(id: string, signal: AbortSignal): Promise<string> {
  if (signal.aborted) {
    throw new Error('aborted');
  }
  return await read(id);
}

export async function asked(id: string, signal: AbortSignal): Promise<string> {
  try {
    return await readUnless(id, signal);
  } catch {
//  ^^^^^ swallowed-abort swallowed
//  related heeded.ts:36 "rejects when it is aborted"
    return '';
  }
}
