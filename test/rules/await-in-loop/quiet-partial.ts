import { api, type User } from './lib.ts';

// After a failure, the number tells where to go on.
export async function resumes(parts: readonly string[], post: (text: string) => void): Promise<void> {
  let sent = 0;
  try {
    for (const part of parts) {
      const answer = await fetch(`https://example.org/${part}`);
      if (!answer.ok) throw new Error('not taken');
      sent += 1;
    }
  } catch {
    post(parts.slice(sent).join(''));
  }
}

// What came until then is still worth something.
export async function asManyAsPossible(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  try {
    for (const id of ids) found.push(await api.fetchUser(id));
  } catch {
    console.error(`${found.length} of ${ids.length} found`);
  }
  return found;
}

// What is handled behind it waits no more than what it is handled for.
export class Flags {
  readonly #values = new Map<string, boolean>();
  readonly #known: Record<string, boolean> = {};

  async refresh(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const value = await this.#flag(name).catch(() => false);
      this.#values.set(name, value);
    }
  }

  async #flag(name: string): Promise<boolean> {
    return this.#known[name] ?? false;
  }
}
