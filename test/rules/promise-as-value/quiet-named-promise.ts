interface ChainablePromiseElement {
  readonly tagName: Promise<string>;
}

declare const browser: { $(selector: string): ChainablePromiseElement };
declare function load(name: string): Promise<unknown>;

// What is awaited is a plain element when it runs, although its type says the same as before.
export async function title(): Promise<string> {
  const button = await browser.$('#button');
  return `${button.tagName}`;
}

// The `as` speaks of what was awaited.
export async function mock(): Promise<object> {
  const actual = (await load('utils')) as Promise<object>;
  return { ...actual, answers: [] };
}

export async function mockAgain(): Promise<object> {
  const actual = await load('utils') as Promise<object>;
  return { ...actual, answers: [] };
}

export function show(result: Promise<unknown>, done: (value: unknown) => void): void {
  if (!result || typeof result.then !== 'function') return done(result);
  result.then(done, done);
}
