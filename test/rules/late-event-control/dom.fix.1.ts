import { isAllowed, save, show } from './lib.ts';

export function listen(form: HTMLFormElement, link: HTMLAnchorElement): void {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const isSaved = await save(new FormData(form));
    if (!isSaved) event.stopPropagation();
  });

  link.addEventListener('click', (event) => {
    isAllowed().then((allowed) => {
      if (!allowed) event.preventDefault();
    }, console.error);
  });

  link.addEventListener('keydown', (event) => {
    setTimeout(() => event.stopImmediatePropagation(), 10);
  });
}

export async function onPress(event: PointerEvent): Promise<void> {
  const { currentTarget } = event;
  await isAllowed();
  show(currentTarget);
}

export async function onSome(event: MouseEvent, isQuick: boolean): Promise<void> {
  event.preventDefault();
  if (!isQuick) await isAllowed();
  // On one of the two ways only.
}

export async function argument(event: { respondWith(answer: boolean): void } & Event): Promise<void> {
  event.respondWith(await isAllowed());
}
