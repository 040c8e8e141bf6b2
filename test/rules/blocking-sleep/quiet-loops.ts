export function slice(queue: (() => void)[], budget: number): void {
  const end = Date.now() + budget;
  while (Date.now() < end && queue.length > 0) queue.shift()?.();
}

export function fill(numbers: number[], end: number): void {
  let i = 0;
  while (Date.now() < end) numbers[i++] = i;
}

export async function poll(isDone: () => boolean): Promise<void> {
  const end = Date.now() + 1000;
  while (Date.now() < end) {
    if (isDone()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function drain(iterator: Iterator<unknown>, lock: Int32Array): void {
  while (!iterator.next().done) {}
  while (Atomics.load(lock, 0) === 0) {}
  while (lock[0] === 0) {}
}

export function count(n: number): number {
  let i = 0;
  while (i < n) i++;
  for (let j = 0; j < n; j++) {}
  while (n-- > 0) {}
  return i;
}
