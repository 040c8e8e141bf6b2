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
