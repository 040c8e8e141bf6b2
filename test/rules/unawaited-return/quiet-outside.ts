declare function load(id: string): Promise<string>;
declare function parse(text: string): string;
declare function release(): void;

export async function awaited(id: string): Promise<string> {
  try {
    return await load(id);
  } catch {
    return '';
  }
}

export async function noTry(id: string): Promise<string> {
  return load(id);
}

export async function inCatch(id: string): Promise<string> {
  try {
    return await load(id);
  } catch {
    return load('fallback');
  }
}

export async function inFinally(id: string): Promise<string> {
  try {
    release();
  } finally {
    return load(id);
  }
}

export async function plainValue(id: string): Promise<string> {
  try {
    return parse(id);
  } catch {
    return '';
  }
}

export async function nested(id: string) {
  try {
    return await run(() => {
      return load(id);
    });
  } catch {
    return '';
  }
}

declare function run<T>(work: () => Promise<T>): Promise<T>;

/** An async generator awaits what it returns, inside the `try`. */
export async function* generator(id: string) {
  try {
    yield id;
    return load(id);
  } catch {
    return '';
  }
}

export async function generic<T>(make: () => T): Promise<T | undefined> {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** It has settled by then. */
export async function awaitedBefore(id: string): Promise<string> {
  const done = load(id);
  try {
    await done;
    release();
    return done;
  } finally {
    release();
  }
}
