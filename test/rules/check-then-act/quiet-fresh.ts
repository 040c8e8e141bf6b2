import { connect, type Connection, load } from './lib';

interface Presence {
  set(key: string, value: string): void;
}

class RedisPresence implements Presence {
  set(): void {}
}

const holder: { presence: Presence } = { presence: new RedisPresence() };

declare const lock: { enter(key: string, work: () => Promise<unknown>): Promise<void> };
declare const button: { disabled: boolean; addEventListener(event: 'click', handler: () => unknown): void };

/** The variable is made anew in each call, and only the callback of that call writes it. */
export async function join(name: string): Promise<string> {
  let room = await load(name);
  await lock.enter(name, async () => {
    if (!room) room = await load(`${name} again`);
    return room;
  });
  return room;
}

/** Of which class something is says nothing of what is in it. */
export async function announce(root: string): Promise<void> {
  const { presence } = holder;
  if (!(presence instanceof RedisPresence)) throw new Error('That is another one.');
  await load('version');
  presence.set(`${root}/rule`, 'a');
}

let connection: Connection | undefined;

/** The button is switched off while this runs. */
button.addEventListener('click', async () => {
  if (connection) return;
  button.disabled = true;
  connection = await connect();
  button.disabled = false;
});

type State = 'idle' | 'starting' | 'started' | 'ended';

/** `stop` ends what `start` waits for, so that the wait fails. */
export class Subscriber {
  state: State = 'idle';
  readonly #socket = { connect: () => load('socket'), disconnect: () => undefined };

  async start(): Promise<void> {
    if (this.state !== 'idle') return;
    this.state = 'starting';
    await this.#socket.connect();
    this.state = 'started';
  }

  stop(): void {
    this.#socket.disconnect();
    this.state = 'ended';
  }
}

/** Each call has a key of its own. */
export class Seats {
  readonly #timers: Record<string, NodeJS.Timeout> = {};

  constructor(source: { on(event: 'seat', handler: (id: string) => unknown): void }) {
    source.on('seat', (id) => this.reserve(id));
  }

  free(id: string): void {
    clearTimeout(this.#timers[id]);
    delete this.#timers[id];
  }

  private async reserve(id: string): Promise<void> {
    await load('count');
    this.#timers[id] = setTimeout(() => this.free(id), 1000);
  }
}

/** Whoever calls the factory twice has two of everything. */
function makeUploader(): { put(text: string): Promise<void> } {
  return {
    put: async (text) => {
      let batch: string | undefined;
      const publish = async (part: string): Promise<void> => {
        if (!batch) batch = await load(part);
      };
      await publish(text);
      await publish(`${text} again`);
    },
  };
}

export async function upload(text: string): Promise<void> {
  await makeUploader().put(text);
}

/** Whoever finds it set is refused. */
export class Message {
  isDone = false;

  async acknowledge(): Promise<boolean> {
    let answer = false;
    if (!this.isDone) {
      this.isDone = true;
      await load('answer');
      answer = true;
    } else {
      answer = Boolean(this.refuse());
    }
    return answer;
  }

  refuse(): string {
    return '';
  }
}
