const locks = new Map<string, Promise<void>>();

/** What stands in the map is asked for only to see whether it is still the same: others have started it, and wait for it. */
export async function oneAfterAnother(name: string, work: () => Promise<void>): Promise<void> {
  const previous = locks.get(name) ?? Promise.resolve();
  let release: (() => void) | undefined;
  const current = new Promise<void>((resolve) => {
    release = resolve;
  });
  const queued = previous.catch(() => undefined).then(() => current);
  locks.set(name, queued);
  await previous.catch(() => undefined);
  try {
    await work();
  } finally {
    release?.();
    const lock = locks.get(name);
    if (lock === queued) locks.delete(name);
  }
}
