declare module 'async-mutex' {
  export class Mutex {
    acquire(): Promise<() => void>;
    runExclusive<T>(work: () => Promise<T> | T): Promise<T>;
  }
  export class Semaphore {
    constructor(count: number);
    runExclusive<T>(work: () => Promise<T> | T): Promise<T>;
  }
}
declare module 'async-lock' {
  export default class AsyncLock {
    acquire<T>(key: string, work: () => Promise<T>): Promise<T>;
  }
}
declare module 'p-limit' {
  export default function pLimit(concurrency: number): <T>(work: () => Promise<T>) => Promise<T>;
}
