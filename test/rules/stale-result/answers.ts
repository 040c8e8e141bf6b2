// @options {"fields": true}
import { loadUser, type User } from './lib.ts';

export class Search {
  user: User | undefined;
  name = '';
  isBusy = false;

  async find(id: string): Promise<void> {
    const user = await loadUser(id);
    this.user = user;
//       ^^^^ stale-result field
//       related answers.ts:10 "this may take any time"
  }

  async findName(id: string): Promise<void> {
    const { name } = await loadUser(id);
    this.name = name;
//       ^^^^ stale-result field
//       related answers.ts:17 "this may take any time"
  }

  // One call at a time.
  async findOnce(id: string): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      this.user = await loadUser(id);
    } finally {
      this.isBusy = false;
    }
  }
}
