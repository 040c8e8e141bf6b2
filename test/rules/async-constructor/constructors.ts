declare function load(id: string): Promise<string>;
declare function track(name: string): Promise<void>;

export class Settings {
  text = '';

  constructor(id: string) {
//^^^^^^^^^^^ async-constructor inConstructor
// related constructors.ts:10 "started here"
    this.read(id);
  }

  async read(id: string): Promise<void> {
    this.text = await load(id);
  }
}

export class Profile {
  name = '';

  constructor(id: string) {
//^^^^^^^^^^^ async-constructor inConstructor
// related constructors.ts:25 "started here"
// related constructors.ts:30 "started here"
    load(id)
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
//^^^^^^^^^^^ async-constructor inConstructor
// related constructors.ts:44 "started here"
    (async () => {
      this.text = await load('anonymous');
    })();
  }
};

export class Field {
  text = '';
  private started = void this.read();
//        ^^^^^^^ async-constructor field
//        related constructors.ts:52 "started here"

  async read(): Promise<void> {
    this.text = await load('field');
  }
}

export class Dropped {
  constructor() {
//^^^^^^^^^^^ async-constructor inConstructor
// related constructors.ts:65 "started here"
    track('made');
  }
}
