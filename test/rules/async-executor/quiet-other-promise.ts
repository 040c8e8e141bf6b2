/** Not the language's own class. */
class Promise<T> {
  readonly work: (resolve: (value: T) => void) => unknown;

  constructor(work: (resolve: (value: T) => void) => unknown) {
    this.work = work;
  }
}

export const shadowed = new Promise<number>(async (resolve) => {
  resolve(1);
});
