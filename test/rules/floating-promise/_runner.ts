interface Matchers<R> {
  toBe(value: unknown): R;
  toBeDefined(): R;
  readonly resolves: Matchers<Promise<void>>;
  readonly rejects: Matchers<Promise<void>>;
}

export declare function expect(value: unknown): Matchers<void>;
