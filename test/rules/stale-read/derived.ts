import { load, measure, store } from './lib';

export class Basket {
  total = 0;
  items: readonly string[] = [];
  state: { readonly items: readonly string[] } = { items: [] };

  async addMeasured(): Promise<void> {
    const { total } = this;
    const more = await measure();
    this.total = total + more;
//  ^^^^^^^^^^ stale-read lost
//  related derived.ts:9 "1 reads `this.total`"
//  related derived.ts:10 "2 waits here, and other tasks run"
//  related derived.ts:11 "3 another call writes `this.total`"
//  related derived.ts:11 "4 writes what it made of the old value"
  }

  async remove(item: string): Promise<void> {
    const others = this.items.filter((one) => one !== item);
    await load(item);
    this.items = others;
//  ^^^^^^^^^^ stale-read lost
//  related derived.ts:20 "1 reads `this.items`"
//  related derived.ts:21 "2 waits here, and other tasks run"
//  related derived.ts:22 "3 another call writes `this.items`"
//  related derived.ts:22 "4 writes what it made of the old value"
  }

  async append(key: string): Promise<void> {
    const { items } = this.state;
    const item = await load(key);
    this.state = { ...this.state, items: [...items, item] };
//  ^^^^^^^^^^ stale-read lost
//  related derived.ts:31 "1 reads `this.state.items`"
//  related derived.ts:32 "2 waits here, and other tasks run"
//  related derived.ts:33 "3 another call writes `this.state`"
//  related derived.ts:33 "4 writes what it made of the old value"
  }
}

export async function hit(page: string): Promise<void> {
  const visits = (await store.get(page)) ?? 0;
  await store.set(page, visits + 1);
//      ^^^^^^^^^ stale-read lost
//      related derived.ts:43 "1 reads `store.get(page)`"
//      related derived.ts:43 "2 waits here, and other tasks run"
//      related derived.ts:44 "3 another call writes `store.get(page)`"
//      related derived.ts:44 "4 writes what it made of the old value"
}
