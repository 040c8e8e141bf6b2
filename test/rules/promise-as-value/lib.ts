export interface User {
  readonly id: string;
  readonly name: string;
}

export async function load(id: string): Promise<User> {
  if (id === '') throw new Error('no id');
  return { id, name: id };
}

export async function exists(id: string): Promise<boolean> {
  if (id === '') throw new Error('no id');
  return true;
}

export async function nameOf(id: string): Promise<string> {
  return (await load(id)).name;
}

export async function count(): Promise<number> {
  return 3;
}

export declare function fresh(): Promise<boolean> | boolean;
export declare function cached(id: string): Promise<User> | undefined;
