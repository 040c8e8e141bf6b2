import { fetchItems, type Item, pause, report, save } from './lib.ts';

export class Store {
  private refreshing = false;
  private isSaving = false;
  private dirty = false;
  private connecting = false;
  private shown = false;
  private spinning = false;
  items: readonly Item[] = [];

  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      this.items = await fetchItems();
    } finally {
      this.refreshing = false;
    }
  }

  // Cleared on both ways.
  async both(): Promise<void> {
    this.isSaving = true;
    try {
      this.items = await fetchItems();
      this.isSaving = false;
    } catch (error) {
      this.isSaving = false;
      throw error;
    }
  }

  // The `catch` goes on to the line that clears it.
  async swallowing(): Promise<void> {
    this.isSaving = true;
    try {
      this.items = await fetchItems();
    } catch (error) {
      report(error);
    }
    this.isSaving = false;
  }

  // What is still to be done stays so when it fails.
  async flush(): Promise<void> {
    this.dirty = true;
    await save({ id: 'a' });
    this.dirty = false;
  }

  // Nothing that is waited for can reject.
  async wait(): Promise<void> {
    this.refreshing = true;
    await pause(100);
    this.refreshing = false;
  }

  // Whoever calls it clears the flag.
  async start(): Promise<void> {
    try {
      await this.connect();
    } catch (error) {
      this.connecting = false;
      report(error);
    }
  }

  private async connect(): Promise<void> {
    this.connecting = true;
    await fetchItems();
    this.connecting = false;
  }

  // A helper clears it.
  async viaHelper(): Promise<void> {
    this.spinning = true;
    try {
      await fetchItems();
    } catch (error) {
      this.stopSpinning();
      throw error;
    }
    this.spinning = false;
  }

  private stopSpinning(): void {
    this.spinning = false;
  }

  // Being shown is no work under way.
  async show(): Promise<void> {
    this.shown = true;
    await fetchItems();
    this.shown = false;
  }

  // An early return leaves it set on purpose: the page goes away.
  async submit(item: Item): Promise<void> {
    this.isSaving = true;
    const items = await fetchItems().catch(() => undefined);
    if (items?.includes(item)) return;
    this.isSaving = false;
  }

  get isBusy(): boolean {
    return this.refreshing || this.isSaving || this.dirty || this.connecting || this.shown || this.spinning;
  }
}

// Nobody else sees a local.
export async function local(): Promise<boolean> {
  let loading = true;
  const state = { busy: false };
  state.busy = true;
  await fetchItems();
  loading = false;
  state.busy = false;
  return loading || state.busy;
}

// Nothing is waited for between the two.
export class Sync {
  private running = false;

  async run(): Promise<void> {
    this.running = true;
    report('run');
    this.running = false;
    await fetchItems();
  }

  get isRunning(): boolean {
    return this.running;
  }
}

// What it waits for has no way to fail that its code shows.
export class Dialog {
  private pending = false;

  async ask(show: (answer: (text: string) => void) => void): Promise<string> {
    this.pending = true;
    const answer = await new Promise<string>((resolve) => {
      show(resolve);
    });
    this.pending = false;
    return answer;
  }

  async askLater(show: (answer: (text: string) => void) => void): Promise<string> {
    this.pending = true;
    let answer: Promise<string> | undefined;
    if (show.length > 0)
      answer = new Promise<string>((resolve) => {
        show(resolve);
      });
    const text = (await answer) ?? '';
    this.pending = false;
    return text;
  }

  async try(): Promise<void> {
    this.pending = true;
    await attempt();
    this.pending = false;
  }

  get isPending(): boolean {
    return this.pending;
  }
}

async function attempt(): Promise<boolean> {
  report('attempt');
  try {
    await fetchItems();
    return true;
  } catch {
    return false;
  }
}
