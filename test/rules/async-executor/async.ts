declare function load(id: string): Promise<string>;

export function asyncArrow(id: string): Promise<string> {
  return new Promise<string>(async (resolve, reject) => {
//                           ^^^^^ async-executor asyncExecutor
    const text = await load(id);
    if (text === '') {
      reject(new Error('empty'));
    } else {
      resolve(text);
    }
  });
}

export const simple = (id: string) =>
  new Promise<string>(async (resolve) => {
//                    ^^^^^ async-executor asyncExecutor
    const text = await load(id);
    resolve(text.trim());
  });

export function asyncFunction(id: string): Promise<string> {
  return new Promise(async function (resolve) {
//                   ^^^^^ async-executor asyncExecutor
    resolve(await load(id));
  });
}

async function run(resolve: (text: string) => void): Promise<void> {
  resolve(await load('a'));
}

export const named = new Promise<string>(run);
//                                       ^^^ async-executor asyncExecutor

/** The callback may call either function at any time, so there is no simple rewriting. */
export function escaping(id: string, listen: (done: (text: string) => void) => void): Promise<string> {
  return new Promise(async (resolve, reject) => {
//                   ^^^^^ async-executor asyncExecutor
    listen(resolve);
    try {
      await load(id);
    } catch (error) {
      reject(error);
    }
  });
}

export function covered(id: string): Promise<string> {
  return new Promise(async (resolve, reject) => {
//                   ^^^^^ async-executor guardedAsync
    try {
      resolve(await load(id));
    } catch (error) {
      reject(error);
    }
  });
}
