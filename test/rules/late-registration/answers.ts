// @options {"answers": true}
interface Request {
  readonly id: string;
}

interface Wire {
  send(request: Request): Promise<void>;
  post(text: string): void;
}

export class Peer {
  readonly #wire: Wire;
  readonly #waiting = new Map<string, { resolve: (answer: string) => void; reject: (error: unknown) => void }>();
  readonly #names = new Map<string, string>();
  readonly callbacks: Record<string, (answer: string) => void> = {};

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  ask(request: Request): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#wire.post(request.id);
      this.#waiting.set(request.id, { resolve, reject });
//    ^^^^^^^^^^^^^ late-registration answer
//    related answers.ts:23 "sent here"
    });
  }

  async askLater(request: Request, callback: (answer: string) => void): Promise<void> {
    await this.#wire.send(request);
    this.callbacks[request.id] = callback;
//  ^^^^^^^^^^^^^^ late-registration answer
//  related answers.ts:31 "sent here"
  }

  askInTime(request: Request, callback: (answer: string) => void): void {
    this.callbacks[request.id] = callback;
    this.#wire.post(request.id);
  }

  async askAndWait(request: Request): Promise<string> {
    const text = request.id;
    await this.#wire.send(request);
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
//    ^^^^^^^^^^^^^ late-registration answer
//    related answers.ts:44 "sent here"
      this.#names.set(request.id, text);
    });
  }

  // What is kept is no callback.
  tell(request: Request, name: string): void {
    this.#wire.post(request.id);
    this.#names.set(request.id, name);
  }

  // What is sent is something else.
  expect(id: string, callback: (answer: string) => void): void {
    this.#wire.post('ready');
    this.callbacks[id] = callback;
  }

  answer(id: string, text: string): void {
    this.#waiting.get(id)?.resolve(text);
    this.callbacks[id]?.(text);
  }
}
