export interface User {
  readonly name: string;
}

export async function load(id: string): Promise<User> {
  if (id === '') throw new Error('No id.');
  return { name: id };
}

export async function request(id: string): Promise<User> {
  const response = await fetch(`https://example.org/${id}`);
  return await response.json();
}

export async function save(user: User): Promise<void> {
  if (user.name === '') throw new Error('No name.');
}

export async function quiet(): Promise<void> {}

export function use(...values: readonly unknown[]): void {
  String(values);
}
