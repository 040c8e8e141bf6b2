declare function load(): Promise<{ name: string }>;
declare function save(name: string): Promise<void>;
declare function log(text: string): void;
declare function done(): Promise<void>;

export async function called(): Promise<void> {
  // @ts-expect-error The type checker sees it too.
  await load().then(() => save('a'));
  // @ts-expect-error The same without a promise.
  await load().then(() => log('loaded'));
  // @ts-expect-error A handler that runs at once.
  await load().catch(() => log('failed'));
  // @ts-expect-error It could be passed as it is.
  await load().finally(done());
}

export function notFunction(): Promise<unknown> {
  // @ts-expect-error Not a function.
  return load().then('loaded');
}

export async function passedAsItIs(): Promise<void> {
  // @ts-expect-error It could be passed as it is.
  await load().then(() => done());
}
