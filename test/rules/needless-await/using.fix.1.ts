declare function open(): Disposable;
declare function openAsync(): AsyncDisposable;
declare function maybe(): Disposable | undefined;

export async function disposes(): Promise<void> {
  using file = open();
  using other = maybe();
  await using first = openAsync(), second = open();
  console.log(file, other, first, second);
}
