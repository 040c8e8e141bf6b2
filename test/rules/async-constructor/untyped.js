import { open } from 'not-installed';

export class Store {
  constructor() {
    this.connect();
//  ^^^^^^^^^^^^^^ async-constructor inConstructor
    open(this);
  }

  /** @returns {any} */
  async connect() {
    this.handle = await open(this);
  }
}
