import { EventEmitter, once } from 'node:events';
import { spawn } from 'node:child_process';

const bus = new EventEmitter();
let isInstalled = false;
declare function work(id: string): Promise<string>;

bus.on('message', (text: string) => console.log(text));
process.on('SIGTERM', () => process.exit(0));

export function nextMessage(): Promise<string> {
  return new Promise((resolve) => {
    bus.once('message', resolve);
  });
}

export async function waited(): Promise<unknown> {
  return once(bus, 'message');
}

// The child ends with its work, and its listeners with it.
export function run(command: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command);
    child.on('error', reject);
    child.on('exit', resolve);
  });
}

export function exited(child: EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    child.on('exit', () => resolve());
  });
}

export async function handle(id: string, signal: AbortSignal): Promise<string> {
  const stop = (): void => console.log('stopped at', id);
  process.on('SIGINT', stop);
  try {
    window.addEventListener('beforeunload', stop, { signal });
    window.addEventListener('load', stop, { once: true });
    return await work(id);
  } finally {
    process.off('SIGINT', stop);
  }
}

export async function installOnce(id: string): Promise<void> {
  if (!isInstalled) {
    isInstalled = true;
    process.on('SIGHUP', () => console.log(id));
  }
  await work(id);
}

export async function setupShutdown(id: string): Promise<void> {
  process.on('SIGUSR2', () => console.log(id));
  await work(id);
}

export function signals(stop: () => void): void {
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, stop);
}

export class View {
  readonly #resize = (): void => undefined;
  connectedCallback(): void {
    window.addEventListener('resize', this.#resize);
  }
  disconnectedCallback(): void {
    window.removeEventListener('resize', this.#resize);
  }
}

// A connection of its own for each start, and its listeners with it.
export class Connection {
  #source: EventSource | undefined;
  open(url: string): Promise<void> {
    return new Promise((resolve) => {
      this.#source = new EventSource(url);
      this.#source.addEventListener('endpoint', () => resolve());
    });
  }
}

export async function render(id: string): Promise<string> {
  process.stdout.on('error', () => {
    console.log(id);
    process.exit(0);
  });
  return await work(id);
}
