import { EventEmitter } from 'node:events';

const bus = new EventEmitter();
declare function work(id: string): Promise<string>;

export function nextMessage(): Promise<string> {
  return new Promise((resolve) => {
    bus.once('news', (text: string) => resolve(text));
  });
}

export function messageOf(topic: string): Promise<string> {
  return new Promise((resolve) => {
    bus.on('news', (text: string, about: string) => {
      if (about === topic) resolve(text);
    });
  });
}

export function visible(): Promise<void> {
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
  });
}

export async function each(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    bus.on('progress', () => console.log(id));
    await work(id);
  }
}

export async function handle(id: string): Promise<string> {
  process.on('SIGTERM', () => console.log('stopped at', id));
  return await work(id);
}

export class Panel extends HTMLElement {
  connectedCallback(): void {
    window.addEventListener('orientationchange', () => this.layout());
  }
  layout(): void {}
}

export class Row {
  readonly #update = (): void => undefined;
  stop(): void {
    window.removeEventListener('resize', () => this.#update());
    bus.off('message', this.stop.bind(this));
    const handler = (): void => this.#update();
    window.removeEventListener('scroll', handler);
  }
}

export class Hub {
  readonly #changes = new EventEmitter();
  connect(socket: WebSocket): void {
    this.#changes.on('change', (text: string) => socket.send(text));
  }
}
