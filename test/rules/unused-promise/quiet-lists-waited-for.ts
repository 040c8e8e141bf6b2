const slots = 4;
export async function bounded(urls: string[], visit: (url: string) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = [];
  for (const url of urls) {
    const p: Promise<void> = visit(url).then(() => {
      running.splice(running.indexOf(p), 1);
    });
    running.push(p);
    if (running.length >= slots) await Promise.race(running);
  }
  await Promise.all(running);
}
export class Background {
  readonly #tasks: Promise<unknown>[] = [];
  add(task: Promise<unknown>): void {
    this.#tasks.push(task);
  }
  async close(): Promise<void> {
    while (this.#tasks.length > 0) await this.#tasks.pop();
  }
}
export function start(urls: string[], visit: (url: string) => Promise<void>): { wait: () => Promise<void> } {
  const started: Promise<void>[] = [];
  for (const url of urls) started.push(visit(url));
  return {
    wait: async () => {
      await Promise.all(started);
    },
  };
}
export async function pairs(xs: string[], load: (x: string) => Promise<string>): Promise<Map<string, string>> {
  const jobs: Array<[string, Promise<string>]> = [];
  for (const x of xs) jobs.push([x, load(x)]);
  const result = new Map<string, string>();
  await Promise.all(jobs.map(async ([x, p]) => result.set(x, await p)));
  return result;
}
