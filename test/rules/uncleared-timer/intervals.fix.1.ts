setInterval(() => console.log('alive'), 60_000).unref();

export class Poller {
  #timer: NodeJS.Timeout | undefined;
  private other: NodeJS.Timeout | undefined;

  constructor(private readonly poll: () => void) {
    setInterval(this.poll, 1000).unref();
  }

  start(): void {
    this.#timer = setInterval(this.poll, 1000).unref();
  }

  startWell(): void {
    this.other = setInterval(this.poll, 1000);
  }

  stop(): void {
    clearInterval(this.other);
  }
}

export function watch(poll: () => void): void {
  const handle = setInterval(poll, 1000).unref();
}

export class Heart {
  beat: NodeJS.Timeout | undefined;
  start(poll: () => void): void {
    this.beat = setInterval(poll, 1000).unref();
  }
}

export class Cache {
  readonly sweeper = setInterval(() => console.log('sweep'), 1000).unref();
}
