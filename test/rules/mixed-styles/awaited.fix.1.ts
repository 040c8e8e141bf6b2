export interface User {
  readonly name: string;
  friends(): Promise<string[]>;
}
declare function load(id: string): Promise<User>;
declare function show(user: User): void;

export async function nameOf(id: string): Promise<string> {
  return (await load(id)).name;
}

export async function friends(id: string): Promise<string[]> {
  const found = await (await load(id)).friends();
  return found;
}

export async function shown(id: string): Promise<void> {
  await load(id).then((user) => {
    show(user);
  });
}

export async function pair(id: string): Promise<string> {
  return await load(id).then((user) => `${user.name} ${user.name}`);
}
