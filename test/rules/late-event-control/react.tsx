import type { FormEvent } from 'react';
import { isAllowed, show } from './lib.ts';

export async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
  if (await isAllowed()) show(null);
  event.preventDefault();
//      ^^^^^^^^^^^^^^ late-event-control late
//      related react.tsx:5 "the event ends while this waits"
  event.nativeEvent.stopPropagation();
//                  ^^^^^^^^^^^^^^^ late-event-control late
//                  related react.tsx:5 "the event ends while this waits"
}
