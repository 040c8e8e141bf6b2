declare function load(): Promise<string>;
declare function cached(): string | Promise<string>;
declare function maybe(): Promise<string> | undefined;
declare const untyped: any;
declare const unknownValue: unknown;
declare const anything: object;
declare const empty: {};
interface Hooks {
  onStart(): void;
  onEnd?(): void;
}

export async function promises<T, U extends string | Promise<string>>(value: T, other: U, hooks: Hooks, callback?: () => void) {
  await load();
  await cached();
  await maybe();
  await untyped;
  await unknownValue;
  await anything;
  await empty;
  await value;
  await other;
  // An implementation may well be async.
  await hooks.onStart();
  await hooks.onEnd?.();
  await callback?.();
}

/** Written to give other tasks a turn. */
export async function yields(): Promise<void> {
  await null;
  await undefined;
  await 0;
  await void 0;
}

/** By the time of the `await` the callback has run, which the type does not show. */
export async function narrowed(each: (call: (promise: Promise<void>) => void) => void): Promise<void> {
  let last: Promise<void> | undefined;
  each((promise) => {
    last = promise;
  });
  await last;
}

export class Base {
  async run(): Promise<void> {
    await this.before();
    await this.after();
  }

  /** Overridden by async methods. */
  protected before(): void {}

  protected after(): void {}
}

declare const element: string & { isElement?: true };
declare const release: (() => void) | undefined;

/** What the type says of these is not the whole story. */
export async function loose(): Promise<void> {
  await element.toString();
  const released = release?.();
  await Promise.allSettled([released, load()]);
}

export async function looseArms(isReady: boolean): Promise<string> {
  const text = element.toString();
  await text;
  return await (isReady ? element.toString() : 'wait');
}

export async function asserted(): Promise<void> {
  await (untyped.load() as string);
  await Promise.all([untyped.load() as string, load()]);
}
