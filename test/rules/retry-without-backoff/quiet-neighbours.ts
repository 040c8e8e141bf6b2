import { setTimeout as pause } from 'node:timers/promises';

export async function waits(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await pause(100 * 2 ** attempt);
    }
  }
  throw new Error('gave up');
}

export async function waitsBehind(url: string): Promise<Response | undefined> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      console.error(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return undefined;
}

export async function candidates(urls: readonly string[]): Promise<Response | undefined> {
  for (let index = 0; index < urls.length; index++) {
    try {
      return await fetch(urls[index] ?? '');
    } catch {
      // The next one.
    }
  }
  return undefined;
}

export async function newName(): Promise<string> {
  while (true) {
    const name = Math.random().toString(36);
    try {
      await fetch(`/names/${name}`, { method: 'PUT' });
      return name;
    } catch {
      // Taken: another name.
    }
  }
}

export async function givesUp(url: string): Promise<Response> {
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      console.error(error);
      throw error;
    }
  }
}

export async function consumes(queue: { receive(): Promise<string> }): Promise<void> {
  while (true) {
    try {
      console.log(await queue.receive());
    } catch (error) {
      console.error(error);
    }
  }
}

export async function upwards(url: string): Promise<Response> {
  let current = url;
  while (true) {
    try {
      return await fetch(current);
    } catch {
      // The folder above.
    }
    const above = current.slice(0, current.lastIndexOf('/'));
    if (above === current) throw new Error('not found');
    current = above;
  }
}

function fail(error: unknown): never {
  throw new Error('poll failed', { cause: error });
}

// A long poll whose `catch` always throws.
export async function polled(poll: () => Promise<string | undefined>): Promise<string> {
  for (;;) {
    try {
      const answer = await poll();
      if (answer !== undefined) return answer;
    } catch (error) {
      fail(error);
    }
  }
}

// A connection that is wanted for good, with a wait that grows.
export async function reconnected(connect: () => Promise<string>): Promise<string> {
  for (let delay = 100; ; delay = Math.min(delay * 2, 30_000)) {
    try {
      return await connect();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

export async function uploaded(url: string, body: string, tries = 5): Promise<Response> {
  try {
    return await fetch(url, { method: 'PUT', body });
  } catch (error) {
    if (tries <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, 1000 * (6 - tries)));
    return uploaded(url, body, tries - 1);
  }
}

// Another folder each time, and not the same again.
export async function found(folder: string): Promise<string> {
  try {
    return await (await fetch(`${folder}/package.json`)).text();
  } catch {
    return found(`${folder}/..`);
  }
}
