import { isAllowed, show } from './lib.ts';

export async function destructured(event: MouseEvent): Promise<void> {
  await isAllowed();
  const { currentTarget } = event;
//        ^^^^^^^^^^^^^ late-event-control gone
//        related destructured.ts:4 "the event ends while this waits"
  show(currentTarget);
}
