declare module 'async-mutex' {
  export interface Releaser {
    (): void;
  }
  export class Mutex {
    acquire(): Promise<Releaser>;
    release(): void;
    runExclusive<T>(work: () => Promise<T> | T): Promise<T>;
  }
  export class Semaphore {
    constructor(count: number);
    acquire(): Promise<[number, Releaser]>;
    release(): void;
  }
}
declare module 'pg' {
  export interface PoolClient {
    query(text: string): Promise<{ rows: unknown[] }>;
    release(error?: boolean): void;
  }
  export class Pool {
    connect(): Promise<PoolClient>;
    connect(done: (error: Error | undefined, client?: PoolClient) => void): void;
    query(text: string): Promise<{ rows: unknown[] }>;
  }
}
declare module 'async-sema' {
  export class Sema {
    constructor(count: number);
    acquire(): Promise<void>;
    release(): void;
  }
}
declare module 'proper-lockfile' {
  export function lock(file: string): Promise<() => Promise<void>>;
}
declare module 'typeorm' {
  export interface QueryRunner {
    query(text: string): Promise<unknown>;
    release(): Promise<void>;
  }
  export class DataSource {
    createQueryRunner(): QueryRunner;
  }
}
