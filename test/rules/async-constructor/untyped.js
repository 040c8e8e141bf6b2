import { open } from 'not-installed';

export class Store {
  constructor() {
//^^^^^^^^^^^ async-constructor inConstructor
// related untyped.js:7 "started here"
    this.connect();
    open(this);
  }

  /** @returns {any} */
  async connect() {
    this.handle = await open(this);
  }
}
