declare const client: { pop(key: string): Promise<string | undefined> };

/** The wait rejects, the `catch` goes on, and the timer still fires. */
export async function wait(key: string, reconnect: () => void): Promise<number> {
  try {
    const watching = setTimeout(() => {
//                   ^^^^^^^^^^ uncleared-timer missed
//                   related behind-catch.ts:17 "leaves here"
      reconnect();
    }, 5000);
    const result = await client.pop(key);
    clearTimeout(watching);
    if (result) return 1;
  } catch (error) {
    console.error(error);
  }
  return 0;
}
