interface CancellationToken {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): void;
}

declare function findFiles(pattern: string, exclude?: string, token?: CancellationToken): Promise<string[]>;

export async function provide(token: CancellationToken): Promise<string[]> {
  return await findFiles('all.ts', undefined, token);
}

export async function given(token: CancellationToken): Promise<string[]> {
  return await findFiles('all.ts', undefined, token);
}
