declare function login(): Promise<string>;
declare function warm(): Promise<void>;
declare function loadProfile(token: string): Promise<object>;
declare function maybe(token: string): void | Promise<void>;
declare const page: { close(): Promise<void> } | undefined;
declare function cached(token: string): Promise<object> | undefined;

/** Returning it keeps the chain's type. */
export function start(): Promise<void> {
  return login()
    .then((token) => {
      return loadProfile(token);
    })
    .then(() => {
      console.log('loaded');
    });
}

/** Here a returned promise of something would not be a `Promise<void>`. */
export function load(): Promise<void> {
  return login().then(async (token) => {
    await loadProfile(token);
  });
}

export const prepare = (): Promise<void> =>
  login().then(() => {
    return warm();
  });

/** Nobody waits for this chain. */
export function fire(): void {
  login()
    .then(() => {
      return warm();
    })
    .catch(console.error);
  login().then(async () => {
    await warm();
  }, console.error);
}

export async function visit(tokens: string[]): Promise<void> {
  for (const token of tokens) {
    await maybe(token);
    await cached(token);
  }
  await page?.close();
}
