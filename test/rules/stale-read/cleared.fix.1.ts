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
    const batch = this.waiting;
    this.waiting = [];
    await send(batch);
  }

  async report(): Promise<void> {
    const bytes = this.bytes;
    this.bytes = 0;
    await save(bytes);
  }

  async sendSeen(): Promise<void> {
    const batch = [...this.seen];
    this.seen.clear();
    await send(batch);
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
    const batch = this.items;
    this.items = [];
    await send(batch);
    this.isOpen = false;
  }
}
