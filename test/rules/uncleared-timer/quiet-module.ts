declare function publish(text: string): Promise<void>;
declare function opened(done: () => void): { dispose(): void };

/** What rejects at the top of a module ends the program, and the interval with it. */
const ticking = setInterval(() => void publish('tick').catch(console.error), 1000);
await publish('start');
clearInterval(ticking);

/** Neither of the two can reject. */
export async function wait(ms: number): Promise<void> {
  const open = new Promise<void>((resolve) => {
    opened(() => resolve());
  });
  let timeout: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timeout = setTimeout(() => {
      console.log('too late');
      resolve();
    }, ms);
  });
  await Promise.race([open, late]);
  if (timeout) {
    clearTimeout(timeout);
  }
}

/** A way out that leaves the timer on purpose. */
export async function early(work: () => Promise<boolean>): Promise<void> {
  try {
    const late = setTimeout(() => console.log('late'), 5000);
    if (!(await work())) return;
    clearTimeout(late);
  } catch (error) {
    clearTimeout(undefined);
    console.error(error);
  }
}
