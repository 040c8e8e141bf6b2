export function empty(ok: boolean): Promise<void> {
  if (!ok) return Promise.reject();
//                ^^^^^^^^^^^^^^ non-error-rejection empty
  return new Promise<void>((_resolve, reject) => reject());
//                                               ^^^^^^ non-error-rejection empty
}
