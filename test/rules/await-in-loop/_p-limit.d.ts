declare module 'p-limit' {
  export default function pLimit(concurrency: number): <T>(work: () => Promise<T>) => Promise<T>;
}
