interface Transport {
  post(message: string): Promise<void>;
}
declare function connect(port: number): { end(): void };
declare function opened(socket: { end(): void }): Promise<void>;

/** Only a success ends the loop. */
export async function deliver(transport: Transport, message: string): Promise<void> {
  let isSent = false;
  while (!isSent) {
    try {
      await transport.post(message);
//    ^^^^^ retry-without-backoff forEver
      isSent = true;
    } catch (error) {
      console.error(error);
    }
  }
}

/** What is made anew in each round is the same each time. */
export async function dial(port: number): Promise<{ end(): void }> {
  for (;;) {
    const socket = connect(port);
    try {
      await opened(socket);
//    ^^^^^ retry-without-backoff forEver
      return socket;
    } catch (error) {
      console.warn(error);
    }
  }
}

/** Each round tries another one. */
export async function firstOf(ports: number[]): Promise<{ end(): void } | undefined> {
  for (let port = ports.shift(); port !== undefined; port = ports.shift()) {
    const socket = connect(port);
    try {
      await opened(socket);
      return socket;
    } catch (error) {
      console.warn(error);
    }
  }
  return undefined;
}
