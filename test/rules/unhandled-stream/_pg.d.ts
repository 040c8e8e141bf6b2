declare module 'pg' {
  export class Pool {
    constructor(url?: string);
    query(text: string): Promise<unknown>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
  }
}
