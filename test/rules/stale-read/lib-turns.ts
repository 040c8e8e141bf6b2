/** What a task waits for, until the scheduler lets it go on. */
export interface Waiting {
  readonly task: string;
  readonly what: string;
  readonly goOn: () => void;
}

/** Who runs now, and who waits. Only the scheduler changes who runs. */
export const schedule: { running: string; readonly waiting: Waiting[] } = { running: '', waiting: [] };

/** Waits until the scheduler goes on with the task that runs now. */
export function turn(what: string): Promise<void> {
  return new Promise((resolve) => {
    schedule.waiting.push({ task: schedule.running, what, goOn: resolve });
  });
}
