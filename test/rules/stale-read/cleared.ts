import { save, send } from './lib';

export class Outbox {
  waiting: string[] = [];
  bytes = 0;
  readonly seen = new Set<string>();

  add(item: string): void {
    this.waiting.push(item);
    this.bytes += item.length;
    this.seen.add(item);
  }

  async flush(): Promise<void> {
    await send(this.waiting);
    this.waiting = [];
//  ^^^^^^^^^^^^ stale-read cleared
//  related cleared.ts:15 "1 reads `this.waiting`"
//  related cleared.ts:15 "2 waits here, and other tasks run"
//  related cleared.ts:9 "3 `add` adds to `this.waiting`"
//  related cleared.ts:16 "4 clears it"
  }

  async report(): Promise<void> {
    const bytes = this.bytes;
    await save(bytes);
    this.bytes = 0;
//  ^^^^^^^^^^ stale-read cleared
//  related cleared.ts:25 "1 reads `this.bytes`"
//  related cleared.ts:26 "2 waits here, and other tasks run"
//  related cleared.ts:10 "3 `add` adds to `this.bytes`"
//  related cleared.ts:27 "4 clears it"
  }

  async sendSeen(): Promise<void> {
    await send([...this.seen]);
    this.seen.clear();
//  ^^^^^^^^^^^^^^^ stale-read cleared
//  related cleared.ts:36 "1 reads `this.seen`"
//  related cleared.ts:36 "2 waits here, and other tasks run"
//  related cleared.ts:11 "3 `add` adds to `this.seen`"
//  related cleared.ts:37 "4 clears it"
  }
}

/** The flag is set too late to keep anybody away during the wait. */
export class Closing {
  isOpen = true;
  items: string[] = [];

  put(item: string): void {
    if (this.isOpen) this.items.push(item);
  }

  async close(): Promise<void> {
    await send(this.items);
    this.isOpen = false;
    this.items = [];
//  ^^^^^^^^^^ stale-read cleared
//  related cleared.ts:56 "1 reads `this.items`"
//  related cleared.ts:56 "2 waits here, and other tasks run"
//  related cleared.ts:52 "3 `put` adds to `this.items`"
//  related cleared.ts:58 "4 clears it"
  }
}
