let isReady = false;

export async function ready(): Promise<void> {
  while (!isReady) {
    await scheduler.yield();
  }
}

export function setReady(): void {
  isReady = true;
}

export function poll(): void {
  setReady();
  setTimeout(poll);
}
