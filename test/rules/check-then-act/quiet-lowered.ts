import { clearStore, connect, type Connection, load, save } from './lib';

export class Store {
  isDirty = false;
  isWriting = false;
  loading: Promise<string> | undefined;
  opening: Promise<Connection> | undefined;
  readonly items: string[] = [];

  set(item: string): void {
    this.items.push(item);
    this.isDirty = true;
  }

  /** One at a time. */
  async write(): Promise<void> {
    if (!this.isDirty || this.isWriting) return;
    this.isWriting = true;
    this.isDirty = false;
    await save(this.items.join());
    this.isWriting = false;
  }

  /** Goes round again for what was added meanwhile. */
  async writeAll(): Promise<void> {
    while (this.isDirty) {
      this.isDirty = false;
      await save(this.items.join());
    }
  }

  /** What two at once do no harm to. */
  async announce(): Promise<void> {
    if (!this.isDirty) return;
    this.isDirty = false;
    await load('items');
  }

  read(): Promise<string> {
    if (this.loading) return this.loading;
    this.loading = load('items');
    return this.loading;
  }

  /** Cleared when all is over. */
  async forget(): Promise<void> {
    if (!this.loading) return;
    await this.loading;
    await clearStore();
    this.loading = undefined;
  }

  open(): Promise<Connection> {
    this.opening ??= connect();
    return this.opening;
  }

  /** Closes what was there; whoever opens again gets another one. */
  async close(): Promise<void> {
    const { opening } = this;
    if (!opening) return;
    this.opening = undefined;
    await resetConnection(await opening);
  }
}

async function resetConnection(connection: Connection): Promise<void> {
  await connection.close();
}
