/** Runs two tasks in a given order of turns: the scheduler that shows whether an interleaving is true. */
import { setImmediate } from 'node:timers/promises';

/** What a fixture's `lib-turns` keeps. */
export interface Schedule {
  running: string;
  readonly waiting: { readonly task: string; readonly what: string; readonly goOn: () => void }[];
}

export interface Played {
  /** What each task waited for at the end of its turns, in the order of the turns; undefined where it did not wait. */
  readonly waits: readonly (string | undefined)[];
}

/**
 * Gives the tasks their turns in this order, and in the end lets both run until nothing waits any more.
 * A task that waits for the other one, and not for the scheduler, misses its turn, as it would in the event loop.
 */
export async function play(
  schedule: Schedule,
  tasks: readonly [() => unknown, () => unknown],
  turns: readonly (0 | 1)[],
): Promise<Played> {
  const started = new Map<0 | 1, Promise<unknown>>();
  const waits: (string | undefined)[] = [];
  for (const turn of turns) {
    schedule.running = String(turn);
    if (!started.has(turn)) started.set(turn, begin(tasks[turn]));
    else letGoOn(schedule, String(turn));
    await settle();
    waits.push(schedule.waiting.find(({ task }) => task === String(turn))?.what);
  }
  for (const turn of [0, 1] as const) {
    schedule.running = String(turn);
    if (!started.has(turn)) started.set(turn, begin(tasks[turn]));
    await settle();
  }
  while (schedule.waiting.length > 0) {
    letGoOn(schedule, schedule.waiting[0]?.task ?? '');
    await settle();
  }
  await Promise.all(started.values());
  return { waits };
}

/** Lets a task finish before the other begins. */
export async function playOneAfterTheOther(
  schedule: Schedule,
  tasks: readonly [() => unknown, () => unknown],
): Promise<void> {
  for (const turn of [0, 1] as const) {
    schedule.running = String(turn);
    const done = begin(tasks[turn]);
    await settle();
    while (schedule.waiting.length > 0) {
      letGoOn(schedule, schedule.waiting[0]?.task ?? '');
      await settle();
    }
    await done;
  }
}

async function begin(task: () => unknown): Promise<unknown> {
  return task();
}

function letGoOn(schedule: Schedule, task: string): void {
  const index = schedule.waiting.findIndex((waiting) => waiting.task === task);
  if (index < 0) return;
  schedule.running = task;
  schedule.waiting.splice(index, 1)[0]?.goOn();
}

/** Until no reaction is left in this turn of the event loop. */
async function settle(): Promise<void> {
  await setImmediate();
}
