declare function disposeAll(): Promise<void>;
declare function start(): Promise<void>;
declare const sessions: { read(): Promise<{ done: boolean; value: string }> };
declare const queue: AsyncIterable<string>;

/** The program has ended before anybody could miss the rejection. */
export function fail(error: unknown): void {
  console.error(error);
  void disposeAll().finally(() => {
    process.exit(1);
  });
}

/** A loop that catches its errors has no end to wait for: what follows has to run beside it. */
export async function serve(): Promise<void> {
  (async () => {
    try {
      while (true) {
        const { done, value } = await sessions.read();
        if (done) break;
        console.log(value);
      }
    } catch (error) {
      console.error(error);
    }
  })();
  await start();
}

export async function consume(): Promise<void> {
  (async () => {
    try {
      for await (const message of queue) console.log(message);
    } catch (error) {
      console.error(error);
    }
  })();
  await start();
}
