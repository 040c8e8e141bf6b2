import { isAllowed } from './lib.ts';

export async function onDrop(event) {
  if (!(await isAllowed())) event.preventDefault();
//                                ^^^^^^^^^^^^^^ late-event-control late
//                                related untyped.js:4 "the event ends while this waits"
}

/** @param {any} target */
export function listen(target) {
  target.addEventListener('click', async (clicked) => {
    await isAllowed();
    clicked.preventDefault();
//          ^^^^^^^^^^^^^^ late-event-control late
//          related untyped.js:12 "the event ends while this waits"
  });
}
