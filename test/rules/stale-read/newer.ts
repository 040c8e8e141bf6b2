import { load } from './lib';

export class Preview {
  controller: AbortController | undefined;
  readonly loading = new Map<string, Promise<string>>();

  async show(key: string): Promise<void> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    try {
      await load(key);
    } finally {
      this.controller = undefined;
//    ^^^^^^^^^^^^^^^ stale-read newer
//    related newer.ts:10 "1 sets `this.controller`"
//    related newer.ts:12 "2 waits for `load(key)`, and other tasks run"
//    related newer.ts:10 "3 another call sets `this.controller`"
//    related newer.ts:14 "4 takes away what that call has set"
    }
  }

  reload(key: string): Promise<string> {
    const loading = load(key);
    this.loading.set(key, loading);
    return loading.finally(() => this.loading.delete(key));
//                               ^^^^^^^^^^^^^^^^^^^ stale-read newer
//                               related newer.ts:25 "1 sets `this.loading.get(key)`"
//                               related newer.ts:26 "2 waits for `loading`, and other tasks run"
//                               related newer.ts:25 "3 another call sets `this.loading.get(key)`"
//                               related newer.ts:26 "4 takes away what that call has set"
  }

  reloadAll(keys: readonly string[]): Promise<string[]> {
    const loading = Promise.all(keys.map((key) => load(key))).then((all) => {
      finished();
      return all;
    });
    keys.forEach((key) => {
      this.loading.set(key, loading.then(([first]) => first ?? ''));
    });
    const finished = () => {
      keys.forEach((key) => {
        this.loading.delete(key);
//      ^^^^^^^^^^^^^^^^^^^ stale-read newer
//      related newer.ts:40 "1 sets `this.loading.get(key)`"
//      related newer.ts:35 "2 waits for `Promise.all(keys.map((key) => load(key)))`, and other tasks run"
//      related newer.ts:40 "3 another call sets `this.loading.get(key)`"
//      related newer.ts:44 "4 takes away what that call has set"
      });
    };
    return loading;
  }
}
