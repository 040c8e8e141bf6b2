interface Session {
  onDidStop(listener: () => void): { dispose(): void };
  dispose(): void;
}

// The source goes, and its listeners with it.
export class Manager {
  #sessions = new Set<Session>();

  register(session: Session): void {
    this.#sessions.add(session);
    session.onDidStop(() => {
      this.#sessions.delete(session);
      session.dispose();
    });
  }

  clear(): void {
    this.#sessions.clear();
  }
}

export class Registry {
  #sessions = new Set<Session>();

  register(session: Session): void {
    this.#sessions.add(session);
    session.onDidStop(() => this.unregister(session));
  }

  unregister(session: Session): void {
    this.#sessions.delete(session);
  }
}
