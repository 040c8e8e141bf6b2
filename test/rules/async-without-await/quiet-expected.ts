interface Store {
  get(id: string): Promise<string>;
  close?(): Promise<void>;
  either(): string | Promise<string>;
}

declare function register(work: () => Promise<number>): void;
declare function wrap<T>(work: () => T): T;
declare const untyped: any;

export class MemoryStore implements Store {
  async get(id: string): Promise<string> {
    return id;
  }

  async close(): Promise<void> {
    console.log('closed');
  }

  either = async (): Promise<string> => {
    return 'either';
  };
}

export abstract class Base {
  abstract load(): Promise<number>;
}

export class Derived extends Base {
  override async load(): Promise<number> {
    return 1;
  }
}

export const store: Store = {
  async get(id) {
    return id;
  },
  either: async () => {
    return 'either';
  },
};

export function callbacks(): void {
  register(async () => {
    return 1;
  });
  wrap(async () => {
    return 1;
  });
  untyped.on('event', async () => {
    console.log('event');
  });
  untyped({
    async handler() {
      console.log('event');
    },
  });
}

async function handedOn(): Promise<number> {
  return 1;
}

register(handedOn);

function decorate(_target: unknown, _context: ClassMethodDecoratorContext): void {}

export class Controller {
  @decorate
  async find(): Promise<string> {
    return 'found';
  }
}

type Command = (name: string) => Promise<number>;

export const commands: Record<string, Command> = {
  first: async (name) => name.length,
  async second() {
    return 2;
  },
};

/** Whoever takes the object may ask for a promise. */
export const adapter = {
  async open(): Promise<number> {
    return 1;
  },
  close: async (): Promise<void> => {
    console.log('closed');
  },
};

export class Session {
  constructor(on: (event: string, handler: () => Promise<number>) => void) {
    on('threads', () => this.threads());
    on('done', () => this.done());
  }

  async threads(): Promise<number> {
    return 1;
  }

  done = async (): Promise<number> => {
    return 1;
  };

  /** Overridden by what has to ask somebody. */
  protected async headers(): Promise<string> {
    return 'none';
  }
}
