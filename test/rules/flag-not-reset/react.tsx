import { useState } from 'react';
import { fetchItems, type Item } from './lib.ts';

export function useItems(): { items: readonly Item[]; loading: boolean; load(): Promise<void> } {
  const [items, setItems] = useState<readonly Item[]>([]);
  const [loading, setLoading] = useState(false);

  const load = async (): Promise<void> => {
    setLoading(true);
//  ^^^^^^^^^^ flag-not-reset left
//  related react.tsx:13 "leaves from here when it fails"
//  related react.tsx:14 "cleared only when all went well"
    setItems(await fetchItems());
    setLoading(false);
  };

  return { items, loading, load };
}

interface State {
  readonly saving: boolean;
  readonly items: readonly Item[];
}

declare function set(change: Partial<State>): void;

export const actions = {
  async load(): Promise<void> {
    set({ saving: true });
//        ^^^^^^ flag-not-reset left
//        related react.tsx:33 "leaves from here when it fails"
//        related react.tsx:34 "cleared only when all went well"
    const items = await fetchItems();
    set({ saving: false, items });
  },
};
