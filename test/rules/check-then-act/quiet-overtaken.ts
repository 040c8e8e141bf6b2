import { connect, load } from './lib';

type State = 'idle' | 'opening' | 'open' | 'closed';

export class Channel {
  state: State = 'idle';
  #timer: NodeJS.Timeout | undefined;

  /** It looks again behind the wait. */
  async open(): Promise<void> {
    if (this.state !== 'idle') throw new Error('It is open.');
    this.state = 'opening';
    const connection = await connect();
    if (this.state !== 'opening') {
      await connection.close();
      return;
    }
    this.state = 'open';
  }

  close(): void {
    this.state = 'closed';
  }

  /** The old timer is stopped before there is another. */
  async poll(): Promise<void> {
    await load('news');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.poll(), 1000);
  }
}

export class Alone {
  state: State = 'idle';

  /** Nobody else has a say. */
  async open(): Promise<void> {
    if (this.state !== 'idle') return;
    this.state = 'opening';
    await connect();
    this.state = 'open';
  }
}

export class Considerate {
  state: State = 'idle';

  async open(): Promise<void> {
    if (this.state !== 'idle') return;
    this.state = 'opening';
    await connect();
    this.state = 'open';
  }

  /** Leaves alone what is under way. */
  close(): void {
    if (this.state !== 'open') return;
    this.state = 'closed';
  }
}

/** Made for one run. */
export class SearchInvocation {
  #found: string | undefined;

  async execute(): Promise<string> {
    if (this.#found === undefined) this.#found = await load('search');
    return this.#found;
  }
}
