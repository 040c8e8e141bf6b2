let isDone = false;
setTimeout(() => {
  isDone = true;
}, 100);

export function again(): void {
  if (!isDone) setTimeout(again);
}

export function whenVisible(element: { hidden: boolean }, done: () => void): void {
  const check = (): void => {
    if (!element.hidden) {
      done();
      return;
    }
    setTimeout(check);
  };
  check();
}

export async function until(): Promise<boolean> {
  if (isDone) return true;
  await scheduler.yield();
  return until();
}

export function drain(box: string[], send: (text: string) => void): Promise<void> {
  const text = box.shift();
  if (text) send(text);
  return Promise.resolve().then(() => drain(box, send));
}
