declare module 'pg' {
  export class Client {
    constructor(options?: { host?: string });
    connect(): Promise<void>;
    query(text: string): Promise<readonly unknown[]>;
    end(): Promise<void>;
  }
  export class Pool extends Client {}
}
declare module 'redis' {
  export function createClient(options?: { url?: string }): {
    connect(): Promise<void>;
    get(key: string): Promise<string | null>;
    quit(): Promise<void>;
  };
}
declare module 'express' {
  interface Request {
    readonly url: string;
  }
  interface Response {
    json(value: unknown): void;
  }
  interface App {
    get(path: string, handler: (request: Request, response: Response) => void | Promise<void>): void;
  }
  export default function express(): App;
}
declare module 'mongodb' {
  export class MongoClient {
    constructor(url: string);
    connect(): Promise<this>;
    close(): Promise<void>;
  }
}
