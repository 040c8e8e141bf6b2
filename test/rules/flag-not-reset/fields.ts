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
//  ^^^^^^^^^^^^^^^ flag-not-reset blocked
//  related fields.ts:17 "leaves from here when it fails"
//  related fields.ts:18 "cleared only when all went well"
    this.items = await fetchItems();
    this.refreshing = false;
  }

  // What follows uses a name from between the two.
  async find(id: string): Promise<Item | undefined> {
    this.isSaving = true;
//  ^^^^^^^^^^^^^ flag-not-reset left
//  related fields.ts:27 "leaves from here when it fails"
//  related fields.ts:29 "cleared only when all went well"
    const items = await fetchItems();
    // Done.
    this.isSaving = false;
    return items.find((item) => item.id === id);
  }

  // The `catch` covers only one of the two waits.
  async saveAll(): Promise<void> {
    this.locked = true;
//  ^^^^^^^^^^^ flag-not-reset left
//  related fields.ts:46 "leaves from here when it fails"
//  related fields.ts:47 "cleared only when all went well"
    for (const item of this.items) {
      try {
        await save(item);
      } catch (error) {
        report(error);
      }
    }
    await fetchItems();
    this.locked = false;
  }

  async add(item: Item): Promise<void> {
    this.inFlight++;
//  ^^^^^^^^^^^^^ flag-not-reset left
//  related fields.ts:55 "leaves from here when it fails"
//  related fields.ts:56 "cleared only when all went well"
    await save(item);
    this.inFlight--;
  }

  // The flag is cleared in the `try`, and its `catch` forgets it.
  async reload(): Promise<void> {
    this.refreshing = true;
//  ^^^^^^^^^^^^^^^ flag-not-reset left
//  related fields.ts:70 "leaves from here when it fails"
//  related fields.ts:67 "cleared only when all went well"
    try {
      this.items = await fetchItems();
      this.refreshing = false;
    } catch (error) {
      report(error);
      throw error;
    }
  }

  async checked(item: Item): Promise<void> {
    this.locked = true;
//  ^^^^^^^^^^^ flag-not-reset left
//  related fields.ts:80 "leaves from here when it fails"
//  related fields.ts:81 "cleared only when all went well"
    const known = await fetchItems().catch(() => []);
    if (known.length > 9) throw new Error('full');
    this.locked = false;
    if (item.id === '') return;
    report(known);
  }

  get isBusy(): boolean {
    return this.refreshing || this.isSaving || this.locked || this.inFlight > 0;
  }
}

let pending = false;

export async function poll(): Promise<void> {
  if (pending) return;
  pending = true;
//^^^^^^^ flag-not-reset blocked
// related fields.ts:99 "leaves from here when it fails"
// related fields.ts:101 "cleared only when all went well"
  const items = await fetchItems();
  report(items);
  pending = false;
}

const running = new Set<string>();
const done = new Set<string>();

export async function once(item: Item): Promise<void> {
  if (running.has(item.id)) return;
  running.add(item.id);
//        ^^^ flag-not-reset blocked
//        related fields.ts:113 "leaves from here when it fails"
//        related fields.ts:114 "cleared only when all went well"
  await save(item);
  running.delete(item.id);
  done.add(item.id);
}

const busy = new Map<string, boolean>();

export async function onceByFlag(id: string): Promise<void> {
  if (busy.get(id)) return;
  busy.set(id, true);
//     ^^^ flag-not-reset blocked
//     related fields.ts:126 "leaves from here when it fails"
//     related fields.ts:127 "cleared only when all went well"
  await save({ id });
  busy.set(id, false);
}
