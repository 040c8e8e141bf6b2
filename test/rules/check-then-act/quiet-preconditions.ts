declare function fork(session: string): Promise<string>;
declare function closeStream(): Promise<void>;
declare function refresh(): Promise<void>;
declare function activate(): Promise<void>;

export class Chat {
  session: string | undefined;

  // The check asks for a session, and there is one afterwards too: whoever comes later passes it in any case.
  async restore(): Promise<void> {
    const session = this.session;
    if (!session) throw new Error('There is no session to restore');
    const next = await fork(session);
    this.session = next;
  }

  // What the caller names is given up.
  async remove(id: string): Promise<void> {
    if (this.session === id) {
      this.session = undefined;
      await closeStream();
    }
    await refresh();
  }
}

export class Runs {
  #isReady = false;
  #running = false;

  // One run at a time, so that nobody prepares twice at once.
  async run(): Promise<void> {
    if (this.#running) throw new Error('A run is under way');
    this.#running = true;
    try {
      await this.#prepare();
    } finally {
      this.#running = false;
    }
  }

  async #prepare(): Promise<void> {
    if (this.#isReady) return;
    await activate();
    this.#isReady = true;
  }
}
