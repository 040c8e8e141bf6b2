import { isAllowed, save, show } from './lib.ts';

export function listen(form: HTMLFormElement, link: HTMLAnchorElement): void {
  form.addEventListener('submit', async (event) => {
    const isSaved = await save(new FormData(form));
    event.preventDefault();
//        ^^^^^^^^^^^^^^ late-event-control late
//        related dom.ts:5 "the event ends while this waits"
    if (!isSaved) event.stopPropagation();
//                      ^^^^^^^^^^^^^^^ late-event-control late
//                      related dom.ts:5 "the event ends while this waits"
  });

  link.addEventListener('click', (event) => {
    isAllowed().then((allowed) => {
      if (!allowed) event.preventDefault();
//                        ^^^^^^^^^^^^^^ late-event-control late
//                        related dom.ts:15 "the event ends while this waits"
    }, console.error);
  });

  link.addEventListener('keydown', (event) => {
    setTimeout(() => event.stopImmediatePropagation(), 10);
//                         ^^^^^^^^^^^^^^^^^^^^^^^^ late-event-control late
//                         related dom.ts:23 "the event ends while this waits"
  });
}

export async function onPress(event: PointerEvent): Promise<void> {
  await isAllowed();
  show(event.currentTarget);
//           ^^^^^^^^^^^^^ late-event-control gone
//           related dom.ts:30 "the event ends while this waits"
}

export async function onSome(event: MouseEvent, isQuick: boolean): Promise<void> {
  if (!isQuick) await isAllowed();
  // On one of the two ways only.
  event.preventDefault();
//      ^^^^^^^^^^^^^^ late-event-control late
//      related dom.ts:37 "the event ends while this waits"
}

export async function argument(event: { respondWith(answer: boolean): void } & Event): Promise<void> {
  event.respondWith(await isAllowed());
//      ^^^^^^^^^^^ late-event-control late
//      related dom.ts:45 "the event ends while this waits"
}
