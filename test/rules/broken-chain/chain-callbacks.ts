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
      loadProfile(token);
//    ^^^^^^^^^^^^^^^^^^ broken-chain lostWork
    })
    .then(() => {
      console.log('loaded');
    });
}

/** Here a returned promise of something would not be a `Promise<void>`. */
export function load(): Promise<void> {
  return login().then((token) => {
    loadProfile(token);
//  ^^^^^^^^^^^^^^^^^^ broken-chain lostWork
  });
}

export const prepare = (): Promise<void> =>
  login().then(() => {
    warm();
//  ^^^^^^ broken-chain lostWork
  });

/** Nobody waits for this chain. */
export function fire(): void {
  login()
    .then(() => {
      warm();
//    ^^^^^^ broken-chain lostWork
    })
    .catch(console.error);
  login().then(() => {
    warm();
  }, console.error);
}

export function visit(tokens: string[]): void {
  for (const token of tokens) {
    maybe(token);
    cached(token);
  }
  page?.close();
}
