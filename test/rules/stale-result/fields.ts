// @options {"fields": true}
import { loadUser, type User } from './lib.ts';

export class Search {
  user: User | undefined;
  #latest = 0;
  byId = new Map<string, User>();

  async find(id: string): Promise<void> {
    this.user = await loadUser(id);
//       ^^^^ stale-result field
//       related fields.ts:10 "this may take any time"
  }

  // The newest call wins.
  async findLatest(id: string): Promise<void> {
    const own = ++this.#latest;
    const user = await loadUser(id);
    if (own === this.#latest) this.user = user;
  }

  // Every call asks the same.
  async reload(): Promise<void> {
    this.user = await loadUser('me');
  }

  async remember(id: string): Promise<void> {
    this.byId.set(id, await loadUser(id));
  }

  // Whether there is an answer says nothing about whether a newer one has come.
  async findKnown(id: string): Promise<User | undefined> {
    const found = await loadUser(id);
    if (!found) return undefined;
    this.user = found;
//       ^^^^ stale-result field
//       related fields.ts:33 "this may take any time"
    return found;
  }

  async findWanted(id: string): Promise<void> {
    const found = await loadUser(id);
    if (!found || !this.isWanted(id)) return;
    this.user = found;
  }

  isWanted(id: string): boolean {
    return id !== this.user?.id;
  }
}
