declare module 'p-limit' {
  export default function pLimit(concurrency: number): <T>(work: () => T | Promise<T>) => Promise<T>;
}
declare module 'p-map' {
  export default function pMap<T, U>(
    list: readonly T[],
    work: (element: T) => Promise<U>,
    options?: { concurrency?: number; stopOnError?: boolean },
  ): Promise<U[]>;
}
