let isReady = false;

export async function ready(): Promise<void> {
  while (!isReady) {
    await Promise.resolve();
//  ^^^^^ starving-loop flag
  }
}

export function setReady(): void {
  isReady = true;
}

export function poll(): void {
  setReady();
  queueMicrotask(poll);
//^^^^^^^^^^^^^^ starving-loop recursion
}
