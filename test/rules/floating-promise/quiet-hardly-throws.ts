import { EventEmitter } from 'node:events';

interface Socket {
  close(code: number): void;
}

/** What a library does on the spot is not expected to throw: events, hashes, texts. */
export class Hub {
  readonly #events = new EventEmitter();

  constructor(readonly socket: Socket) {}

  async deliver(message: string): Promise<void> {
    await Promise.resolve();
    this.#events.emit('message', message, Math.random().toString(36));
  }

  async end(): Promise<void> {
    await null;
    this.socket.close(1);
  }

  send(message: string): void {
    this.deliver(message);
    this.end();
  }
}

export function choose(select: (name: string) => void): (name: string) => void {
  const chosen = async (name: string) => {
    select(name);
  };
  return (name) => {
    chosen(name);
  };
}

async function since(text: string): Promise<void> {
  await null;
  Date.parse(text);
}

export function look(text: string): void {
  since(text);
}
