declare module 'vue' {
  export interface Ref<T> {
    value: T;
  }
  export function ref<T>(): Ref<T | undefined>;
  export function watch<T>(
    source: Ref<T>,
    callback: (value: T, before: T, onCleanup: (clean: () => void) => void) => unknown,
  ): () => void;
}
