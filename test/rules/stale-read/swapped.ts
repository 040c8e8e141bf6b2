import { load } from './lib';

export class Workspace {
  root: Promise<string> = load('cli');

  prepare(): void {
    void this.root.then(async (root) => {
      if (root !== '') this.root = Promise.resolve(await load('recent'));
//                     ^^^^^^^^^ stale-read swapped
//                     related swapped.ts:7 "1 waits for it here, and other tasks run"
//                     related swapped.ts:17 "2 `getRoot` reads `this.root`"
//                     related swapped.ts:8 "3 replaces it"
    });
  }

  getRoot(): Promise<string> {
    return this.root;
  }
}
