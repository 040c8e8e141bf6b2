export interface Request {
  readonly user: string;
  readonly id: string;
}
export interface Response {
  send(text: string): void;
}

export declare const app: { get(path: string, handler: (req: Request, res: Response) => Promise<void>): void };
export declare function load(id: string): Promise<string>;
