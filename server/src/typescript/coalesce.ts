/**
 * Gathers the questions of one turn of the event loop and asks them together.
 * @param ask answers many keys at once, in their order
 * @param atMost how many keys one call may carry
 * @returns a function that answers one key; equal questions are not merged, that is the caller's cache's work
 */
export function coalesce<K, V>(
  ask: (keys: readonly K[]) => Promise<readonly V[]>,
  atMost = 1000,
): (key: K) => Promise<V> {
  let waiting: { key: K; resolve: (value: V) => void; reject: (error: unknown) => void }[] = [];
  const flush = (): void => {
    const questions = waiting;
    waiting = [];
    for (let from = 0; from < questions.length; from += atMost) {
      const part = questions.slice(from, from + atMost);
      ask(part.map(({ key }) => key)).then(
        (answers) => handOut(0, part, answers),
        (error: unknown) => {
          for (const { reject } of part) reject(error);
        },
      );
    }
  };
  /** A few hundred at a time: each answer lets a rule go on, and together they would hold up everybody else. */
  const handOut = (from: number, part: typeof waiting, answers: readonly V[]): void => {
    const to = Math.min(from + answersATime, part.length);
    for (let index = from; index < to; index++) part[index]?.resolve(answers[index] as V);
    if (to < part.length) setImmediate(handOut, to, part, answers);
  };
  return (key) =>
    new Promise<V>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ key, resolve, reject });
    });
}

const answersATime = 250;
