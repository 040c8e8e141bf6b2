declare function release(id: number): void;

export class Lease {
  readonly id = 1;
  [Symbol.dispose](): void {
    release(this.id);
  }
}

/** A subclass releases what the empty method of its base does not. */
export class Base {
  dispose(): void {}
  [Symbol.dispose](): void {
    this.dispose();
  }
}

export class Holding extends Base {
  override dispose(): void {
    release(2);
  }
}

export class Session {
  #isOpen = true;
  get isOpen(): boolean {
    return this.#isOpen;
  }
  [Symbol.dispose](): void {
    this.#isOpen = false;
  }
}

export function lease(): Lease {
  using made = new Lease();
  return made;
//       ^^^^ escaping-disposable returned
//       related frees.ts:35 "disposed at the end of its block"
}

export function holding(): Holding {
  using made = new Holding();
  return made;
//       ^^^^ escaping-disposable returned
//       related frees.ts:42 "disposed at the end of its block"
}

export function session(): Session {
  using made = new Session();
  return made;
//       ^^^^ escaping-disposable returned
//       related frees.ts:49 "disposed at the end of its block"
}

/** Whoever called it finds what is closed. */
export function given(out: { lease?: Lease }): void {
  using made = new Lease();
  out.lease = made;
//            ^^^^ escaping-disposable stored
//            related frees.ts:57 "disposed at the end of its block"
}
