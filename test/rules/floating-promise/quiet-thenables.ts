declare function query(): PromiseLike<number>;
declare function chain(): { then(done: () => void): unknown };
declare function word(): { then: string };
interface Reply extends PromiseLike<void> {
  send(): Reply;
}
declare const reply: Reply;
declare function branded(): Promise<void> & { readonly __linterBrands: 'SafePromiseLike' };

export function thenables(): void {
  query();
  chain();
  word();
  reply.send();
  branded();
}

/** Declared void: an implementation may be async, and that is told where it is implemented. */
interface Service {
  start(): void;
}

class Server implements Service {
  async start(): Promise<void> {
    await fetch('/');
  }
}

export function run(service: Service): void {
  service.start();
}

run(new Server());
