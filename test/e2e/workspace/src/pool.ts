import { saveUser } from './users.ts';

export class Pool {
  private first: string | undefined;

  async open(name: string): Promise<string> {
    if (!this.first) {
      this.first = await saveUser(name);
    }
    return this.first;
  }
}

export const pool = new Pool();

export function all(names: readonly string[]): Promise<string[]> {
  return Promise.all(names.map((name) => pool.open(name)));
}
