class LoadError extends Error {}

export async function load(url: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(url, { signal });
    return await response.text();
  } catch (error) {
    signal.throwIfAborted();
    throw new LoadError(`${url} cannot be loaded`, { cause: error });
  }
}

// Lets the abort pass.
export async function loadChecked(url: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(url, { signal });
    return await response.text();
  } catch (error) {
    signal.throwIfAborted();
    throw new LoadError(`${url} cannot be loaded`, { cause: error });
  }
}

// Nothing there knows of the signal.
export async function parse(text: Promise<string>, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted();
  try {
    return JSON.parse(await text);
  } catch (error) {
    throw new LoadError('this is no JSON', { cause: error });
  }
}

// Goes on as it came.
export async function loadAgain(url: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(url, { signal });
    return await response.text();
  } catch (error) {
    console.error(error);
    throw error;
  }
}
