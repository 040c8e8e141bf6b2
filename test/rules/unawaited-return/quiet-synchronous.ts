async function load(id: string): Promise<string> {
  await fetch(id);
  return id;
}

declare function parse(text: string): string;
declare function release(): void;

function checked(id: string): Promise<string> {
  if (id === '') throw new Error('no id');
  return load(id);
}

/** The `catch` is there for `JSON.parse`. */
export function argumentThrows(text: string): Promise<string> {
  try {
    return load(JSON.parse(text) as string);
  } catch {
    return Promise.resolve('');
  }
}

export function otherCallThrows(text: string): Promise<string> {
  try {
    const id = parse(text);
    return load(id);
  } catch {
    return Promise.resolve('');
  }
}

/** This function throws before there is a promise. */
export function calleeThrows(id: string): Promise<string> {
  try {
    return checked(id);
  } catch {
    return Promise.resolve('');
  }
}

export function hasItsOwnHandler(id: string): Promise<string> {
  try {
    return load(id).catch(() => '');
  } catch {
    return Promise.resolve('');
  }
}

export function rethrows(id: string): Promise<string> {
  try {
    return load(id);
  } catch (error) {
    throw error;
  }
}

/** Setting and resetting around a synchronous call is how context is passed on. */
export function context(id: string): Promise<string> {
  try {
    return load(id);
  } finally {
    release();
  }
}

export function callback(run: () => Promise<string>): Promise<string> {
  try {
    return run();
  } catch {
    return Promise.resolve('');
  }
}

interface Source {
  read(id: string): Promise<string>;
}

class Remote implements Source {
  async read(id: string): Promise<string> {
    return load(id);
  }
}

class Checked implements Source {
  read(id: string): Promise<string> {
    if (id === '') throw new Error('no id');
    return load(id);
  }
}

/** One of its implementations throws before there is a promise. */
export function implemented(id: string): Promise<string> {
  const source: Source = id === '' ? new Remote() : new Checked();
  try {
    return source.read(id);
  } catch {
    return Promise.resolve('');
  }
}
