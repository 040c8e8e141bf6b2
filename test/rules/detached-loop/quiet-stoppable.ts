declare function poll(): Promise<boolean>;

export async function untilDone(): Promise<void> {
  while (true) {
    try {
      if (await poll()) break;
    } catch (error) {
      console.error(error);
    }
  }
}

export async function bySignal(signal: AbortSignal): Promise<void> {
  while (true) {
    signal.throwIfAborted();
    try {
      await poll();
    } catch (error) {
      console.error(error);
    }
  }
}

export async function byFlag(isOpen: () => boolean): Promise<void> {
  while (isOpen()) await poll();
}

// It ends with the connection that it reads from.
export async function read(): Promise<void> {
  for (;;) await poll();
}

export async function* values(): AsyncGenerator<boolean> {
  for (;;) yield await poll().catch(() => false);
}

let timer: NodeJS.Timeout | undefined;
let count = 0;
export function refresh(): void {
  timer = setTimeout(refresh, 1000);
}
export function stop(): void {
  clearTimeout(timer);
}
export function few(): void {
  if (count++ < 3) setTimeout(few, 1000);
}
export function some(): void {
  if (count++ > 3) return;
  setTimeout(some, 1000);
}
