declare function load(id: string): Promise<string>;
declare function track(name: string): Promise<void>;

export class Stored {
  readonly ready: Promise<string>;
  readonly early = load('early');
  readonly #all: Promise<string>[] = [];
  text = '';

  constructor(id: string) {
    super_();
    this.ready = load(id);
    this.#all.push(load(id));
    this.ready.catch(console.error);
    void this.early.then((text) => {
      this.text = text;
    });
    void track('made');
    track('made').catch(console.error);
    setTimeout(() => {
      void this.read();
    });
    this.onClick = () => {
      void this.read();
    };
  }

  onClick: () => void;

  static async create(id: string): Promise<Stored> {
    const made = new Stored(id);
    await made.read();
    return made;
  }

  async read(): Promise<void> {
    this.text = await load('1');
  }
}

function super_(): void {}

export class Derived extends Stored {
  constructor() {
    super('derived');
  }
}

export class Connection {
  readonly opened: Promise<void>;

  constructor(url: string, ready: Promise<void>) {
    this.opened = fetch(url).then(() => undefined);
    this.opened.catch(() => {
      // Whoever awaits it gets the error.
    });
    ready.then(() => console.log(this), console.error);
  }
}
