interface Matchers<R> {
  toBe(value: unknown): R;
  toBeDefined(): R;
  readonly resolves: Matchers<Promise<void>>;
  readonly rejects: Matchers<Promise<void>>;
}

export declare function expect(value: unknown): Matchers<void>;

/** A client that takes a callback and gives a promise too. */
export interface Redis {
  subscribe(channel: string, done: (error: Error | null) => void): Promise<void>;
}
