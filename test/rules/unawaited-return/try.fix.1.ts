import { readFile } from 'node:fs/promises';

declare function load(id: string): Promise<string>;
declare function release(): void;
declare const cached: string;

export async function inTry(id: string): Promise<string> {
  try {
    return await load(id);
  } catch (error) {
    console.error(error);
    return '';
  }
}

export async function beforeFinally(id: string): Promise<string> {
  try {
    return await load(id);
  } finally {
    release();
  }
}

export async function inCatchWithFinally(id: string): Promise<string> {
  try {
    return await load(id);
  } catch {
    return await load('fallback');
  } finally {
    release();
  }
}

export async function inFinallyInsideTry(id: string): Promise<string> {
  try {
    try {
      release();
    } finally {
      return await load(id);
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
      return await load('other');
    }
  } catch {
    return '';
  }
}

export async function bothArms(id: string, fresh: boolean): Promise<string> {
  try {
    return fresh ? await load(id) : await readFile(id, 'utf8');
  } catch {
    return '';
  }
}

export async function oneArm(id: string, fresh: boolean): Promise<string> {
  try {
    return fresh ? await load(id) : cached;
  } catch {
    return '';
  }
}

export async function partlyPromise(id: string): Promise<string> {
  const value: string | Promise<string> = id === '' ? cached : load(id);
  try {
    return await value;
  } catch {
    return '';
  }
}

export async function chained(id: string): Promise<number> {
  try {
    return await load(id).then((text) => {
      return text.length;
    });
  } catch {
    return 0;
  }
}

export const arrow = async (id: string) => {
  try {
    return await load(id);
  } catch {
    return undefined;
  }
};

export class Store {
  async get(id: string): Promise<string> {
    try {
      return await this.fetch(id);
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
        return await load(id);
      } catch {
        return '';
      }
    }),
  );
}

/** Behind `&&` and `??` the expression is awaited as a whole. */
export async function logical(id: string | undefined, early: Promise<string> | undefined) {
  try {
    return await (early ?? load(id ?? ''));
  } catch {
    return '';
  }
}
