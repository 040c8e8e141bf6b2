// @ts-expect-error It is not installed, so that nobody knows what it gives.
import { settings } from 'not-installed';
import { fetchItems, type Item } from './lib.ts';

interface Entity {
  isProcessing: boolean;
}

// Whoever calls it cleans up behind it, in any case.
export class Work {
  #entities: Entity[] = [];
  items: Item[] = [];

  async commit(): Promise<void> {
    try {
      await this.flush();
    } finally {
      this.cleanUp();
    }
  }

  isBusy(): boolean {
    return this.#entities.some((entity) => entity.isProcessing);
  }

  private async flush(): Promise<void> {
    for (const one of this.#entities) one.isProcessing = true;
    const [entity] = this.#entities;
    if (!entity) return;
    entity.isProcessing = true;
    this.items = await fetchItems();
    entity.isProcessing = false;
  }

  private cleanUp(): void {
    for (const entity of this.#entities) entity.isProcessing = false;
  }
}

// Each call has a flag of its own.
export async function check(): Promise<Item[] | undefined> {
  let isWaiting = false;
  const ask = async (): Promise<Item[] | undefined> => {
    if (isWaiting) return undefined;
    isWaiting = true;
    const items = await fetchItems();
    isWaiting = false;
    return items;
  };
  return ask();
}

let running = false;
let kept: unknown;

async function offline(): Promise<unknown> {
  let data: unknown = null;
  try {
    data = await settings.get('items');
  } catch {
    data = [];
  }
  return data;
}

// What stands in for the work has no way to fail.
export async function refresh(): Promise<unknown> {
  if (running) return offline();
  try {
    running = true;
    kept = await fetchItems();
  } catch {
    kept = await offline();
  }
  running = false;
  return kept;
}
