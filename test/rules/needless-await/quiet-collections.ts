declare const pending: Promise<string>[];
declare const mixed: (string | Promise<string>)[];
declare const stream: AsyncIterable<string>;
declare const either: AsyncIterable<string> | string[];
declare const untyped: any;
declare function load(): Promise<string>;
declare function openAsync(): AsyncDisposable;
declare const resources: AsyncDisposable[];

export async function loops(): Promise<void> {
  // Each promise is awaited in turn.
  for await (const text of pending) console.log(text);
  for await (const text of mixed) console.log(text);
  for await (const text of stream) console.log(text);
  for await (const text of either) console.log(text);
  for await (const text of untyped) console.log(text);
  for (await using resource of resources) console.log(resource);
  await using file = openAsync();
  await using other = untyped;
  console.log(file, other);
}

export async function combinators<T>(values: T[], more: Promise<string>[]): Promise<void> {
  await Promise.all(pending);
  await Promise.all(mixed);
  await Promise.all(values);
  await Promise.all([load(), ...more]);
  await Promise.all([...more]);
  await Promise.allSettled([load()]);
  await Promise.all([load(), undefined]);
  await Promise.all([load(), untyped]);
  await Promise.all([, load(), load()]);
  await Promise.all(new Set(pending));
  await Promise.all(pending.map((each) => each.then((text) => text.length)));
}
