setInterval(() => console.log('alive'), 60_000);
// <0 ^^^^^^^^^^^ uncleared-timer forever

export class Poller {
  #timer: NodeJS.Timeout | undefined;
  private other: NodeJS.Timeout | undefined;

  constructor(private readonly poll: () => void) {
    setInterval(this.poll, 1000);
//  ^^^^^^^^^^^ uncleared-timer interval
  }

  start(): void {
    this.#timer = setInterval(this.poll, 1000);
//                ^^^^^^^^^^^ uncleared-timer interval
  }

  startWell(): void {
    this.other = setInterval(this.poll, 1000);
  }

  stop(): void {
    clearInterval(this.other);
  }
}

export function watch(poll: () => void): void {
  const handle = setInterval(poll, 1000);
//               ^^^^^^^^^^^ uncleared-timer interval
}

export class Heart {
  beat: NodeJS.Timeout | undefined;
  start(poll: () => void): void {
    this.beat = setInterval(poll, 1000);
//              ^^^^^^^^^^^ uncleared-timer interval
  }
}

export class Cache {
  readonly sweeper = setInterval(() => console.log('sweep'), 1000);
//                   ^^^^^^^^^^^ uncleared-timer interval
}
