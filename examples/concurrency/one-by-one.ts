export interface User {
  readonly name: string;
}

export interface Api {
  fetchUser(id: string): Promise<User>;
  fetchSettings(id: string): Promise<{ readonly theme: string }>;
}

// Neither needs the other, but the second waits for the first.
export async function profile(api: Api, id: string): Promise<string> {
  const user = await api.fetchUser(id);
  const settings = await api.fetchSettings(id);
  return `${user.name} likes it ${settings.theme}`;
}

// A hundred users take a hundred times as long as one.
export async function names(api: Api, ids: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of ids) {
    const user = await api.fetchUser(id);
    found.push(user.name);
  }
  return found;
}
