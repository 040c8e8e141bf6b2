declare const redis: import('./_runner.ts').Redis;

// The failure goes to the callback, and the promise that comes beside it has a handler of its own.
export function listen(channel: string, log: (error: unknown) => void): void {
  redis.subscribe(channel, (error) => {
    if (error) log(error);
  });
}

export function forget(channel: string): void {
  redis.subscribe(channel, () => {});
}
