export interface User {
  readonly id: string;
  name: string;
}

export interface Config {
  readonly url: string;
}

export interface Api {
  fetchUser(id: string): Promise<User>;
  fetchPrices(): Promise<readonly string[]>;
  getConfig(): Promise<Config>;
  getStatus(): Promise<string>;
  saveUser(user: User, config: Config): Promise<void>;
  listUsers(): Promise<readonly User[]>;
}

export declare const api: Api;
