interface State {
  readonly items: readonly string[];
  readonly coupon?: string;
}

let state: State = { items: [] };
export const getState = (): State => state;

/** What the variable leads to is the old state, also a level further down. */
export async function addToCart(id: string): Promise<void> {
  const current = state;
  const stock = await fetch(`/stock/${id}`);
  if (!stock.ok) throw new Error('out of stock');
  state = { ...current, items: [...current.items, id] };
//^^^^^ stale-read lost
// related old-object.ts:11 "1 reads `state`"
// related old-object.ts:12 "2 waits here, and other tasks run"
// related old-object.ts:14 "3 another call writes `state`"
// related old-object.ts:14 "4 writes what it made of the old value"
}

/** What is read behind the wait is the new one. */
export async function addFresh(id: string): Promise<void> {
  await fetch(`/stock/${id}`);
  const current = state;
  state = { ...current, items: [...current.items, id] };
}

const form = { open: new Map<string, number>() };
export const openForms = (): number => form.open.size;

/** The variable holds the very object whose member is written: what it leads to is as it is now. */
export async function touch(id: string): Promise<void> {
  const all = form.open;
  await fetch(`/forms/${id}`);
  all.set(id, (all.get(id) ?? 0) + 1);
}
