import { EventEmitter } from 'node:events';

const bus = new EventEmitter();
declare function work(id: string): Promise<string>;

export function nextMessage(): Promise<string> {
  return new Promise((resolve) => {
    bus.on('news', (text: string) => resolve(text));
//      ^^ listener-per-call perCall
  });
}

export function messageOf(topic: string): Promise<string> {
  return new Promise((resolve) => {
    bus.on('news', (text: string, about: string) => {
//      ^^ listener-per-call perCall
      if (about === topic) resolve(text);
    });
  });
}

export function visible(): Promise<void> {
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve());
//           ^^^^^^^^^^^^^^^^ listener-per-call perCall
  });
}

export async function each(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    bus.on('progress', () => console.log(id));
//      ^^ listener-per-call perCall
    await work(id);
  }
}

export async function handle(id: string): Promise<string> {
  process.on('SIGTERM', () => console.log('stopped at', id));
//        ^^ listener-per-call perCall
  return await work(id);
}

export class Panel extends HTMLElement {
  connectedCallback(): void {
    window.addEventListener('orientationchange', () => this.layout());
//         ^^^^^^^^^^^^^^^^ listener-per-call perCall
  }
  layout(): void {}
}

export class Row {
  readonly #update = (): void => undefined;
  stop(): void {
    window.removeEventListener('resize', () => this.#update());
//                                       ^^^^^^^^^^^^^^^^^^^^ listener-per-call fresh
    bus.off('message', this.stop.bind(this));
//                     ^^^^^^^^^^^^^^^^^^^^ listener-per-call fresh
    const handler = (): void => this.#update();
    window.removeEventListener('scroll', handler);
//                                       ^^^^^^^ listener-per-call fresh
  }
}

export class Hub {
  readonly #changes = new EventEmitter();
  connect(socket: WebSocket): void {
    this.#changes.on('change', (text: string) => socket.send(text));
//                ^^ listener-per-call perCall
  }
}
