export interface User {
  readonly id: string;
  readonly name: string;
}

export declare function loadUser(id: string, signal?: AbortSignal): Promise<User>;
export declare function report(error: unknown): void;
