import type { TextDocumentWillSaveEvent } from 'vscode';
import { isAllowed, save, show } from './lib.ts';

export async function before(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
  event.preventDefault();
  const { currentTarget } = event;
  await save(new FormData(form));
  show(currentTarget);
}

// It was said in time, and is said again.
export async function again(event: MouseEvent): Promise<void> {
  event.preventDefault();
  await isAllowed();
  event.preventDefault();
}

// The wait is on another path.
export async function otherPath(event: MouseEvent): Promise<void> {
  if (event.ctrlKey) {
    await isAllowed();
    return;
  }
  event.preventDefault();
}

// The first round says it.
export async function loop(event: MouseEvent): Promise<void> {
  for (let i = 0; i < 3; i++) {
    event.preventDefault();
    await isAllowed();
  }
}

// The event is still being dispatched while promises are settled that are there already.
export async function atOnce(event: MouseEvent): Promise<void> {
  await null;
  event.preventDefault();
}

// Not an event.
export async function other(request: { preventDefault(): void; currentTarget: string }): Promise<string> {
  await isAllowed();
  request.preventDefault();
  return request.currentTarget;
}

// What stays as it is may be read at any time.
export async function target(event: MouseEvent): Promise<void> {
  await isAllowed();
  show(event.target);
}

export function inTime(event: TextDocumentWillSaveEvent): void {
  event.waitUntil(isAllowed());
}

// The callback runs at once.
export function each(event: MouseEvent, keys: readonly string[]): void {
  for (const key of keys) if (key === 'a') event.preventDefault();
  keys.forEach(() => event.stopPropagation());
}

// Another event, of the inner listener.
export async function inner(event: MouseEvent, element: HTMLElement): Promise<void> {
  event.preventDefault();
  await isAllowed();
  element.addEventListener('click', (click) => click.preventDefault(), { once: true });
}
