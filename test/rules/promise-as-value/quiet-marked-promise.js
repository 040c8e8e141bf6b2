/** A promise that carries something with it: whoever chains on it knows what it is. */
export class Context {
  /** @param {{ call(name: string): Promise<unknown> }} broker */
  constructor(broker) {
    this.broker = broker;
    this.meta = {};
  }

  call(name) {
    const p = this.broker.call(name);
    if (p.ctx) this.meta = p.ctx.meta;
    return p.then((found) => {
      if (p.ctx) Object.assign(this.meta, p.ctx.meta);
      return found;
    });
  }
}
