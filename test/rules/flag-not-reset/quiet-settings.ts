import { useCallback, useRef } from 'react';
import { fetchItems, type Item, report } from './lib.ts';

declare function choose(text: string): Promise<string | undefined>;
declare function probe(name: string): Promise<boolean>;
declare function setServer(change: { readonly name: string; readonly disabled: boolean }): void;

export const config = { thinking: false };

// A setting that is switched by what somebody chose.
export async function pickLevel(): Promise<void> {
  for (;;) {
    const level = await choose('level');
    if (level === 'none') {
      config.thinking = false;
    } else {
      config.thinking = true;
    }
    if (level !== undefined) break;
  }
  await fetchItems();
  if (config.thinking) report('thinks');
}

// A command for each state: the server stays disabled when the probe fails.
export async function command(name: string, disabled: boolean): Promise<string> {
  if (disabled) {
    setServer({ name, disabled: true });
    return 'disabled';
  }
  setServer({ name, disabled: true });
  if (!(await probe(name))) return 'no answer';
  setServer({ name, disabled: false });
  return 'enabled';
}

interface Terminal {
  busy: boolean;
  run(text: string): Promise<boolean>;
}

// Cleared in `finally`, unless it was handed over.
export async function reserve(terminals: readonly Terminal[]): Promise<Terminal | undefined> {
  const terminal = terminals.find(({ busy }) => !busy);
  if (!terminal) return undefined;
  terminal.busy = true;
  let isHandedOver = false;
  try {
    const isThere = await terminal.run('cd');
    if (!isThere) throw new Error('The shell has ended');
    isHandedOver = true;
    return terminal;
  } finally {
    if (!isHandedOver) terminal.busy = false;
  }
}

interface Event {
  readonly type: 'submitted' | 'part' | 'done';
}

export class Turns {
  running = false;

  // One event begins it, another ends it.
  async onEvent(event: Event): Promise<void> {
    if (event.type === 'submitted') {
      this.running = true;
    }
    await fetchItems();
    if (event.type === 'done') {
      this.running = false;
    }
  }

  get state(): string {
    return this.running ? 'running' : 'idle';
  }
}

// What is awaited catches everything.
export function useItems(show: (items: readonly Item[]) => void): () => Promise<void> {
  const isFetching = useRef(false);
  const refresh = useCallback(async (): Promise<boolean> => {
    try {
      show(await fetchItems());
      return true;
    } catch (error) {
      report(error);
      return false;
    }
  }, [show]);
  return useCallback(async () => {
    if (isFetching.current) return;
    isFetching.current = true;
    const isDone = await refresh();
    isFetching.current = false;
    report(isDone);
  }, [refresh]);
}
