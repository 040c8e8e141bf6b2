declare function load(id: string): Promise<string>;
declare function track(name: string): Promise<void>;

export class Settings {
  text = '';

  constructor(id: string) {
    this.read(id);
//  ^^^^^^^^^^^^^ async-constructor inConstructor
  }

  async read(id: string): Promise<void> {
    this.text = await load(id);
  }
}

export class Profile {
  name = '';

  constructor(id: string) {
    load(id)
//  ^^^^^^^^ async-constructor inConstructor
//  related constructors.ts:28 "started too"
      .then((name) => {
        this.name = name;
      })
      .catch(console.error);
    if (id === 'me') void this.refresh();
  }

  async refresh(): Promise<void> {
    this.name = await load('me');
  }
}

export const Anonymous = class {
  text = '';

  constructor() {
    (async () => {
//  ^^^^^^^^^^^^ async-constructor inConstructor
      this.text = await load('anonymous');
    })();
  }
};

export class Field {
  text = '';
  private started = void this.read();
//                       ^^^^^^^^^^^ async-constructor field

  async read(): Promise<void> {
    this.text = await load('field');
  }
}

export class Dropped {
  constructor() {
    track('made');
//  ^^^^^^^^^^^^^ async-constructor inConstructor
  }
}
