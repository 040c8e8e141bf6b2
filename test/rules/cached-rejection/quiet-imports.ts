interface Kit {
  readonly client: object;
}

class Client {
  readonly options: object;
  constructor(options: object) {
    if (Object.keys(options).length > 9) throw new Error('too many');
    this.options = options;
  }
}

/** A module that cannot be loaded stays so, and what is made of it at once fails in every try alike. */
export class Store {
  #kit: Promise<Kit> | undefined;
  #client: Promise<Client> | undefined;

  kit(): Promise<Kit> {
    this.#kit ??= (async () => {
      await import('./lib.ts');
      const { settings } = await import('./lib.ts');
      const client = new Client({ settings });
      return { client };
    })();
    return this.#kit;
  }

  client(): Promise<Client> {
    this.#client ??= import('./lib.ts').then((module) => new Client(module.settings));
    return this.#client;
  }
}
