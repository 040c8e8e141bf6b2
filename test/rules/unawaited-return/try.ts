import { readFile } from 'node:fs/promises';

declare function load(id: string): Promise<string>;
declare function release(): void;
declare const cached: string;

export async function inTry(id: string): Promise<string> {
  try {
    return load(id);
//         ^^^^^^^^ unawaited-return uncaught
//         related try.ts:12 "handles only what is thrown before the return"
  } catch (error) {
    console.error(error);
    return '';
  }
}

export async function beforeFinally(id: string): Promise<string> {
  try {
    return load(id);
//         ^^^^^^^^ unawaited-return tooEarly
//         related try.ts:23 "runs as soon as the promise is returned"
  } finally {
    release();
  }
}

export async function inCatchWithFinally(id: string): Promise<string> {
  try {
    return await load(id);
  } catch {
    return load('fallback');
//         ^^^^^^^^^^^^^^^^ unawaited-return tooEarly
//         related try.ts:35 "runs as soon as the promise is returned"
  } finally {
    release();
  }
}

export async function inFinallyInsideTry(id: string): Promise<string> {
  try {
    try {
      release();
    } finally {
      return load(id);
//           ^^^^^^^^ unawaited-return uncaught
//           related try.ts:49 "handles only what is thrown before the return"
    }
  } catch {
    return '';
  }
}

export async function inCatchInsideTry(id: string): Promise<string> {
  try {
    try {
      return await load(id);
    } catch {
      return load('other');
//           ^^^^^^^^^^^^^ unawaited-return uncaught
//           related try.ts:63 "handles only what is thrown before the return"
    }
  } catch {
    return '';
  }
}

export async function bothArms(id: string, fresh: boolean): Promise<string> {
  try {
    return fresh ? load(id) : readFile(id, 'utf8');
//                 ^^^^^^^^ unawaited-return uncaught
//                 related try.ts:75 "handles only what is thrown before the return"
//                            ^^^^^^^^^^^^^^^^^^^^ unawaited-return uncaught
//                            related try.ts:75 "handles only what is thrown before the return"
  } catch {
    return '';
  }
}

export async function oneArm(id: string, fresh: boolean): Promise<string> {
  try {
    return fresh ? load(id) : cached;
//                 ^^^^^^^^ unawaited-return uncaught
//                 related try.ts:85 "handles only what is thrown before the return"
  } catch {
    return '';
  }
}

export async function partlyPromise(id: string): Promise<string> {
  const value: string | Promise<string> = id === '' ? cached : load(id);
  try {
    return value;
//         ^^^^^ unawaited-return uncaught
//         related try.ts:96 "handles only what is thrown before the return"
  } catch {
    return '';
  }
}

export async function chained(id: string): Promise<number> {
  try {
    return load(id).then((text) => {
//         ^^^^^^^^^^^^^ unawaited-return uncaught
//         related try.ts:108 "handles only what is thrown before the return"
      return text.length;
    });
  } catch {
    return 0;
  }
}

export const arrow = async (id: string) => {
  try {
    return load(id);
//         ^^^^^^^^ unawaited-return uncaught
//         related try.ts:118 "handles only what is thrown before the return"
  } catch {
    return undefined;
  }
};

export class Store {
  async get(id: string): Promise<string> {
    try {
      return this.fetch(id);
//           ^^^^^^^^^^^^^^ unawaited-return uncaught
//           related try.ts:129 "handles only what is thrown before the return"
    } catch {
      return '';
    }
  }

  private async fetch(id: string): Promise<string> {
    return load(id);
  }
}

export async function inCallback(ids: readonly string[]) {
  return Promise.all(
    ids.map(async (id) => {
      try {
        return load(id);
//             ^^^^^^^^ unawaited-return uncaught
//             related try.ts:146 "handles only what is thrown before the return"
      } catch {
        return '';
      }
    }),
  );
}

/** Behind `&&` and `??` the expression is awaited as a whole. */
export async function logical(id: string | undefined, early: Promise<string> | undefined) {
  try {
    return early ?? load(id ?? '');
//         ^^^^^^^^^^^^^^^^^^^^^^^ unawaited-return uncaught
//         related try.ts:159 "handles only what is thrown before the return"
  } catch {
    return '';
  }
}
