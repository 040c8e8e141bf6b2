export interface User {
  readonly id: string;
}

export declare function saveUser(user: User): Promise<void>;
export declare function createUser(name: string): Promise<User>;
export declare function loadUser(id: string): Promise<User>;
export declare function refresh(): Promise<void>;
export declare function show(user: User): void;
export declare function pendingWork(): Promise<void>[];
