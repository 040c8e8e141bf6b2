declare function openStore(): Promise<{ touch(): Promise<void> }>;

export class Store {
  static kept: { touch(): Promise<void> } | undefined;

  static async get(): Promise<{ touch(): Promise<void> }> {
    if (Store.kept) return Store.kept;
    Store.kept = await openStore();
    return Store.kept;
  }
}

async function touch(): Promise<void> {
  const store = await Store.get();
  await store.touch();
}

// What is made once is no state of the tick's.
export const timer = setInterval(() => void touch(), 5000);
