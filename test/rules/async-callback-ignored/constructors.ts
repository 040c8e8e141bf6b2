export class Watcher {
  readonly #onChange: (path: string) => void;

  constructor(onChange: (path: string) => void) {
    this.#onChange = onChange;
  }

  fire(path: string): void {
    this.#onChange(path);
  }

  static watch(onChange: (path: string) => Promise<void>): Promise<void> {
    return onChange('.');
  }
}

declare function rebuild(path: string): Promise<void>;

export const watcher = new Watcher(async (path) => {
//                                 ^^^^^ async-callback-ignored ignored
//                                 related constructors.ts:22 "can reject here"
  await rebuild(path);
});
export const watched = Watcher.watch(async (path) => {
  await rebuild(path);
});
