import { clearStore, load, save } from './lib';

export class Store {
  isDirty = false;
  loading: Promise<string> | undefined;
  readonly items: string[] = [];

  set(item: string): void {
    this.items.push(item);
    this.isDirty = true;
  }

  async write(): Promise<void> {
    if (!this.isDirty) return;
    this.isDirty = false;
//  ^^^^^^^^^^^^ check-then-act reopened
//  related lowered.ts:15 "1 clears `this.isDirty`"
//  related lowered.ts:20 "2 waits here, and other tasks run"
//  related lowered.ts:10 "3 `set` sets it again"
    await save(this.items.join());
  }

  read(): Promise<string> {
    if (this.loading) return this.loading;
    const loading = load('items');
    this.loading = loading;
    return loading;
  }

  async forget(): Promise<void> {
    if (this.loading) {
      await this.loading;
      this.loading = undefined;
//    ^^^^^^^^^^^^ check-then-act anew
//    related lowered.ts:33 "1 clears `this.loading`"
//    related lowered.ts:38 "2 waits here, and other tasks run"
//    related lowered.ts:26 "3 `read` begins anew"
      await clearStore();
    }
  }
}
