export interface User {
  readonly name: string;
}

export async function load(id: string): Promise<User> {
  if (id === '') throw new Error('No id.');
  return { name: id };
}

export async function quiet(): Promise<void> {}

export function use(value: unknown): void {
  String(value);
}

export declare function find(id: string): User | undefined;
