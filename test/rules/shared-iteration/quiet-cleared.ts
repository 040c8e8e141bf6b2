interface Session {
  close(): Promise<void>;
}

export class Sessions {
  readonly #sessions = new Map<string, Session>();

  async open(id: string, session: Session): Promise<void> {
    this.#sessions.set(id, session);
  }

  // What comes in meanwhile is visited too, and then all is taken out.
  async dispose(): Promise<void> {
    for (const session of this.#sessions.values()) {
      await session.close();
    }
    this.#sessions.clear();
  }
}
