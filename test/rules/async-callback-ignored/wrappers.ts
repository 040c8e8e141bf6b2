type Handler = (path: string, next: (error: unknown) => void) => unknown;

declare function use(handler: (path: string, next: (error: unknown) => void) => void): void;
declare function find(path: string): Promise<string>;

const handled =
  (fn: Handler): Handler =>
  (path, next) =>
    Promise.resolve(fn(path, next)).catch(next);

function guarded(fn: Handler) {
  return async (path: string, next: (error: unknown) => void): Promise<void> => {
    try {
      await fn(path, next);
    } catch (error) {
      next(error);
    }
  };
}

function logged(fn: (path: string) => Promise<void>) {
  return (path: string): Promise<void> => {
    console.log(path);
    return fn(path);
  };
}

async function show(path: string): Promise<void> {
  console.log(await find(path));
}

use(handled(async (path) => find(path)));
use(guarded(async (path) => find(path)));
use(guarded(show));
use(
  logged(async (path) => {
//       ^^^^^ async-callback-ignored ignored
//       related wrappers.ts:39 "can reject here"
    await find(path);
  }),
);
use(logged(show));
//  ^^^^^^ async-callback-ignored ignored
