interface Disposable {
  dispose(): void;
}
interface Content {
  onDidChange(listener: () => void): Disposable;
}

export class Response {
  #content: Content[] = [];
  #others: Content[] = [];

  add(next: Content): void {
    this.#content.push(next);
    next.onDidChange(() => this.refresh());
//       ^^^^^^^^^^^ listener-per-call forgotten
//       related forgotten.ts:20 "taken out here"
  }

  clear(): void {
    this.#content = [];
  }

  // Nothing leaves this list again.
  addOther(next: Content): void {
    this.#others.push(next);
    next.onDidChange(() => this.refresh());
  }

  refresh(): void {}
}
