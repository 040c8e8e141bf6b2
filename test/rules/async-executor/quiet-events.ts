declare function each(items: string[], visit: (item: string) => void): void;

/** Handed on before the return. */
export function once(target: EventTarget, type: string, signal: AbortSignal): Promise<Event> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (signal.aborted) return;
    target.addEventListener(type, resolve, { once: true, signal });
  });
}

/** A function that is hoisted may have been called. */
export function first(items: string[]): Promise<string> {
  return new Promise((resolve) => {
    if (items.length === 0) {
      end();
      return;
    }
    setTimeout(end, 1);
    function end() {
      resolve(items[0] ?? '');
    }
  });
}

/** What runs at once throws in the executor. */
export function check(items: string[]): Promise<void> {
  return new Promise((resolve) => {
    each(items, (item) => {
      if (item === '') throw new Error('empty');
    });
    items.forEach((item) => {
      if (item === '-') throw new Error('dash');
    });
    resolve();
  });
}

/** Its own `catch` sees it. */
export function guarded(work: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        work();
        if (work.length > 0) throw new Error('takes nothing');
        resolve();
      } catch (error) {
        reject(error);
      }
    }, 1);
  });
}
