export interface LoadOptions {
  readonly depth?: number;
  readonly signal?: AbortSignal;
}

export interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

export interface Odd {
  readonly stopWhen?: AbortSignal;
}

export async function load(id: string, options: LoadOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  return id;
}

export async function send(text: string, options?: SendOptions): Promise<void> {
  options?.abortSignal?.throwIfAborted();
  console.log(text);
}

export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  console.log(ms);
}

export async function odd(id: string, options?: Odd): Promise<void> {
  options?.stopWhen?.throwIfAborted();
  console.log(id);
}

export async function query(sql: string, values?: readonly string[], signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  return sql + String(values);
}

export function read(path: string): Promise<string>;
export function read(path: string, options: LoadOptions): Promise<string>;
export async function read(path: string, options?: LoadOptions): Promise<string> {
  options?.signal?.throwIfAborted();
  return path;
}

export async function plain(id: string): Promise<string> {
  return id;
}

export async function* rows(table: string, options?: LoadOptions): AsyncGenerator<string> {
  options?.signal?.throwIfAborted();
  yield table;
}

export async function closeAll(options?: LoadOptions): Promise<void> {
  options?.signal?.throwIfAborted();
}

export const logger = {
  async info(text: string, options?: LoadOptions): Promise<void> {
    options?.signal?.throwIfAborted();
    console.log(text);
  },
};
