import { fetchItems, type Item, report, save } from './lib.ts';

export class Store {
  private refreshing = false;
  private isSaving = false;
  private locked = false;
  private inFlight = 0;
  items: readonly Item[] = [];

  // The flag keeps later calls away for ever.
  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      this.items = await fetchItems();
    } finally {
      this.refreshing = false;
    }
  }

  // What follows uses a name from between the two.
  async find(id: string): Promise<Item | undefined> {
    this.isSaving = true;
    try {
      const items = await fetchItems();
      // Done.
      return items.find((item) => item.id === id);
    } finally {
      this.isSaving = false;
    }
  }

  // The `catch` covers only one of the two waits.
  async saveAll(): Promise<void> {
    this.locked = true;
    try {
      for (const item of this.items) {
        try {
          await save(item);
        } catch (error) {
          report(error);
        }
      }
      await fetchItems();
    } finally {
      this.locked = false;
    }
  }

  async add(item: Item): Promise<void> {
    this.inFlight++;
    try {
      await save(item);
    } finally {
      this.inFlight--;
    }
  }

  // The flag is cleared in the `try`, and its `catch` forgets it.
  async reload(): Promise<void> {
    this.refreshing = true;
    try {
      this.items = await fetchItems();
    } catch (error) {
      report(error);
      throw error;
    } finally {
      this.refreshing = false;
    }
  }

  async checked(item: Item): Promise<void> {
    this.locked = true;
    try {
      const known = await fetchItems().catch(() => []);
      if (known.length > 9) throw new Error('full');
      if (item.id === '') return;
      report(known);
    } finally {
      this.locked = false;
    }
  }

  get isBusy(): boolean {
    return this.refreshing || this.isSaving || this.locked || this.inFlight > 0;
  }
}

let pending = false;

export async function poll(): Promise<void> {
  if (pending) return;
  pending = true;
  try {
    const items = await fetchItems();
    report(items);
  } finally {
    pending = false;
  }
}

const running = new Set<string>();
const done = new Set<string>();

export async function once(item: Item): Promise<void> {
  if (running.has(item.id)) return;
  running.add(item.id);
  try {
    await save(item);
  } finally {
    running.delete(item.id);
  }
  done.add(item.id);
}

const busy = new Map<string, boolean>();

export async function onceByFlag(id: string): Promise<void> {
  if (busy.get(id)) return;
  busy.set(id, true);
  try {
    await save({ id });
  } finally {
    busy.set(id, false);
  }
}
