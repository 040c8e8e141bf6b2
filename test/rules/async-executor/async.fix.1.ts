declare function load(id: string): Promise<string>;

export function asyncArrow(id: string): Promise<string> {
  return (async (): Promise<string> => {
    const text = await load(id);
    if (text === '') {
      throw new Error('empty');
    } else {
      return text;
    }
  })();
}

export const simple = (id: string) =>
  (async (): Promise<string> => {
    const text = await load(id);
    return text.trim();
  })();

export function asyncFunction(id: string): Promise<string> {
  return new Promise(async function (resolve) {
    resolve(await load(id));
  });
}

async function run(resolve: (text: string) => void): Promise<void> {
  resolve(await load('a'));
}

export const named = new Promise<string>(run);

/** The callback may call either function at any time, so there is no simple rewriting. */
export function escaping(id: string, listen: (done: (text: string) => void) => void): Promise<string> {
  return new Promise(async (resolve, reject) => {
    listen(resolve);
    try {
      await load(id);
    } catch (error) {
      reject(error);
    }
  });
}

export function covered(id: string): Promise<string> {
  return (async () => {
    try {
      return await load(id);
    } catch (error) {
      throw error;
    }
  })();
}
