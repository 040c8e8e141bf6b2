/** Waits until all have ended, then passes on the first failure: nothing may go on after the lease is released. */
export async function allOrFirstFailure<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
