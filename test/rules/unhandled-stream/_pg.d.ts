declare module 'pg' {
  export class Pool {
    query(text: string): Promise<unknown>;
    on(event: 'error', listener: (error: Error) => void): this;
  }
}
