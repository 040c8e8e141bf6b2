declare function open(): Disposable;
declare function openAsync(): AsyncDisposable;
declare function maybe(): Disposable | undefined;

export async function disposes(): Promise<void> {
  await using file = open();
//^^^^^ needless-await plainDisposal
  await using other = maybe();
//^^^^^ needless-await plainDisposal
  await using first = openAsync(), second = open();
//                                          ^^^^^^ needless-await plainDisposal
  console.log(file, other, first, second);
}
