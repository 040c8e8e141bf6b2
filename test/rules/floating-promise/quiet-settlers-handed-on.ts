/** The functions that settle a promise are handed to a helper, which hands them on to itself: they never throw. */
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export function waitFor(look: () => Promise<boolean>): Promise<boolean> {
  const lookAgain = async (resolve: (found: boolean) => void, reject: (error: unknown) => void): Promise<void> => {
    await sleep(5);
    try {
      const found = await look();
      if (found) return resolve(found);
      lookAgain(resolve, reject);
    } catch (error) {
      reject(error);
    }
  };
  return new Promise((resolve, reject) => {
    lookAgain(resolve, reject);
  });
}
