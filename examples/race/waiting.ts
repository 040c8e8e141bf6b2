import { spawn } from 'node:child_process';

async function fetchItems(): Promise<string[]> {
  const response = await fetch('https://example.org/items');
  return (await response.json()) as string[];
}

export class Items {
  items: string[] = [];
  refreshing = false;

  // After one rejection the flag is set for ever, and every later call leaves at once.
  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    this.items = await fetchItems();
    this.refreshing = false;
  }

  // A slow answer comes after a newer one.
  watch(): NodeJS.Timeout {
    return setInterval(async () => {
      this.items = await fetchItems();
    }, 1000);
  }
}

// By then the browser has followed the link.
export async function onClick(event: MouseEvent): Promise<void> {
  const items = await fetchItems();
  if (items.length === 0) event.preventDefault();
}

// The child may have failed to start while nobody listened.
export async function run(command: string): Promise<void> {
  const child = spawn(command);
  const items = await fetchItems();
  child.on('error', console.error);
  child.stdin.end(items.join('\n'));
}
