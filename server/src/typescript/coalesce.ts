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
        (answers) => {
          for (const [index, { resolve }] of part.entries()) resolve(answers[index] as V);
        },
        (error: unknown) => {
          for (const { reject } of part) reject(error);
        },
      );
    }
  };
  return (key) =>
    new Promise<V>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ key, resolve, reject });
    });
}
