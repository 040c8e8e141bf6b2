export interface LoadOptions {
  readonly depth?: number;
  readonly signal?: AbortSignal;
}

export async function load(id: string, options?: LoadOptions): Promise<string> {
  options?.signal?.throwIfAborted();
  return id;
}

export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  console.log(ms);
}

export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export class LoadError extends Error {}

export function getErrorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export const logger = {
  warn(text: string, error?: unknown): void {
    console.warn(text, error);
  },
};
