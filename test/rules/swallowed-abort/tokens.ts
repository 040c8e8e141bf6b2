interface CancellationToken {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): void;
}

declare function findFiles(pattern: string, token: CancellationToken): Promise<string[]>;

export async function files(token: CancellationToken): Promise<string[]> {
  try {
    return await findFiles('all.ts', token);
  } catch (error) {
//  ^^^^^ swallowed-abort swallowed
//  related tokens.ts:10 "rejects when it is aborted"
    console.error(error);
    return [];
  }
}
