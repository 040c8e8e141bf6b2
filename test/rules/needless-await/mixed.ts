// @options {"allowMixedPromiseArrays": false}
declare const mixed: (string | Promise<string>)[];
declare const tuple: [string, Promise<number>];
declare function load(): Promise<string>;

export async function combinators() {
  await Promise.all(mixed);
//                  ^^^^^ needless-await mixedElements
  await Promise.all(tuple);
//                  ^^^^^ needless-await mixedElements
  await Promise.all([load(), load()]);
}
