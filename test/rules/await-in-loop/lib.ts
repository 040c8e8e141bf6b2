export interface User {
  readonly id: string;
  name: string;
  posts?: readonly string[];
}

export interface Api {
  fetchUser(id: string): Promise<User>;
  listPosts(id: string): Promise<readonly string[]>;
  saveUser(user: User): Promise<User>;
  run(task: string): Promise<string>;
}

export declare const api: Api;
