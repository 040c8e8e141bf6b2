import { fetchItems, type Item, report } from './lib.ts';

export class Search {
  loading = false;
  items: readonly Item[] = [];
  #latest = '';
  #queue = Promise.resolve();
  pending = 0;

  // A newer search clears it.
  async search(text: string): Promise<void> {
    this.#latest = text;
    this.loading = true;
    try {
      this.items = await fetchItems();
      if (text === this.#latest) this.loading = false;
    } catch (error) {
      report(error);
      if (text === this.#latest) this.loading = false;
    }
  }

  // The run that aborts this one clears it.
  async complete(signal: AbortSignal): Promise<void> {
    this.loading = true;
    try {
      this.items = await fetchItems();
    } finally {
      if (!signal.aborted) this.loading = false;
    }
  }

  // What others wait for as well.
  write(): void {
    this.pending++;
    this.#queue = this.#queue.then(() => {
      this.pending--;
    });
  }

  get isBusy(): boolean {
    return this.loading || this.pending > 0;
  }
}

const selected = new Set<string>();

// A collection without a look at it before.
export async function select(item: Item): Promise<void> {
  selected.add(item.id);
  await fetchItems();
  selected.delete(item.id);
}

// The collection belongs to one walk.
export async function walk(item: Item, open: Set<string>): Promise<void> {
  if (open.has(item.id)) return;
  open.add(item.id);
  for (const next of await fetchItems()) await walk(next, open);
  open.delete(item.id);
}

// The way that a walk has come, thrown away with the walk.
export async function order(first: Item): Promise<void> {
  const way = new Set<string>();
  const visit = async (item: Item): Promise<void> => {
    if (way.has(item.id)) throw new Error('a circle');
    way.add(item.id);
    for (const next of await fetchItems()) await visit(next);
    way.delete(item.id);
  };
  await visit(first);
}
