import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs';

declare function load(): Promise<string>;
declare function later(work: () => Promise<void>): Promise<void>;

/** The shorthand returns the timer, which everybody ignores. */
export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const never = new Promise<void>(() => {});
export const neverEither = new Promise<void>((_resolve) => {
  console.log('waits for ever');
});

/** Only the timeout can end it. */
export const timeout = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 1000));

let release: () => void = () => {};
export const gate = new Promise<void>((resolve) => {
  release = resolve;
});
export { release };

const waiting: (() => void)[] = [];
export const queued = new Promise<void>((resolve) => {
  if (waiting.length === 0) resolve();
  else waiting.push(resolve);
});

export const leaving = new Promise<void>((resolve, reject) => {
  if (waiting.length === 0) return resolve();
  if (waiting.length === 1) return reject(new Error('one'));
  resolve();
});

export const correlated = new Promise<number>((resolve, reject) => {
  const bad = waiting.length > 3;
  if (bad) reject(new Error('many'));
  if (!bad) resolve(waiting.length);
});

export const throwing = new Promise<number>((resolve) => {
  if (waiting.length > 3) throw new Error('many');
  resolve(1);
});

export const parsing = (text: string) =>
  new Promise<unknown>((resolve, reject) => {
    try {
      resolve(JSON.parse(text));
    } catch (error) {
      reject(error);
    }
  });

export const chosen = new Promise<number>((resolve, reject) => {
  waiting.length > 3 ? reject(new Error('many')) : resolve(1);
});

export const allCases = new Promise<string>((resolve, reject) => {
  switch (process.argv[2]) {
    case 'a':
      resolve('a');
      break;
    default:
      reject(new Error('unknown'));
  }
});

/** `forEach` runs at once, inside the executor. */
export const checked = new Promise<void>((resolve) => {
  waiting.forEach((each) => {
    if (!each) throw new Error('hole');
  });
  resolve();
});

/** What a `.then` callback throws goes on through the chain. */
export const chained = new Promise<string>((resolve, reject) => {
  load()
    .then((text) => {
      if (text === '') throw new Error('empty');
      resolve(text);
    })
    .catch(reject);
});

/** The emitter calls back until it has what it wants. */
export const awaitingEvent = (emitter: EventEmitter) =>
  new Promise<void>((resolve) => {
    emitter.on('change', (error: Error | undefined) => {
      if (error) {
        console.error(error);
        return;
      }
      resolve();
    });
  });

export const guarded = new Promise<string>((resolve, reject) => {
  setTimeout(async () => {
    try {
      resolve(await load());
    } catch (error) {
      reject(error);
    }
  }, 10);
});

export const handedOn = new Promise<string>((resolve, reject) => {
  readFile('a', 'utf8', (error, text) => (error ? reject(error) : resolve(text)));
});

/** The queue returns the promise of its work, and looks at it. */
export const awaitedElsewhere = new Promise<string>((resolve, reject) => {
  later(async () => {
    resolve(await load());
  }).catch(reject);
});

export const finished = new Promise<void>((resolve) => {
  if (waiting.length > 3) process.exit(1);
  resolve();
});

let settled = false;
export const once = new Promise<void>((resolve, reject) => {
  if (settled) reject(new Error('again'));
  if (settled) return;
  settled = true;
  resolve();
});

declare const server: {
  answer(path: string, handler: () => unknown): void;
  wait(path: string, handler: () => Promise<string>): void;
};

/** The server takes what the handler gives, and what it throws. */
export const answered = new Promise<void>((resolve) => {
  server.answer('/late', () => {
    resolve();
    throw new TypeError('network');
  });
  server.wait('/early', async () => {
    resolve();
    return await load();
  });
});

/** Functions that are only declared here run when they are called. */
export const declared = new Promise<string>((resolve, reject) => {
  const timer = setTimeout(onTimeout, 1000);
  process.once('message', onMessage);

  function onMessage(text: string): void {
    clean();
    resolve(text);
  }

  function onTimeout(): void {
    clean();
    if (timer) reject(new Error('late'));
    else reject(new Error('never'));
  }

  function clean(): void {
    clearTimeout(timer);
  }
});

export const always = new Promise<void>((resolve, reject) => {
  try {
    JSON.parse('x');
  } catch (error) {
    reject(error);
  } finally {
    resolve();
  }
});

/** Three conditions that hang together. */
export const several = new Promise<string>((resolve, reject) => {
  const problems = process.argv.length;
  if (problems > 3) reject(new Error('many'));
  if (problems > 2) reject(new Error('some'));
  if (problems === 1) resolve('none');
});

/** The timer ignores what its callback returns, and `async-callback-ignored` says so. */
export const timed = new Promise<string>((resolve) => {
  setTimeout(async () => {
    resolve(await load());
  }, 10);
});

declare const mounted: { current: boolean };
declare function show(dialog: { done: (text: string) => void }): void;

/** Nobody waits any more. */
export const asked = new Promise<string>((resolve) => {
  if (!mounted.current) return;
  show({ done: (text) => resolve(text) });
});

/** What happens on an error is decided behind the condition, or by somebody who is given the error. */
export const notOnError = new Promise<string>((resolve, reject) => {
  readFile('a', 'utf8', (error, text) => {
    if (!error) resolve(text);
    else reject(error);
  });
  readFile('b', 'utf8', (error, text) => {
    if (!error) return resolve(text);
    resolve('');
  });
  readFile('c', 'utf8', (error, text) => {
    if (!error) resolve(text);
    report(error);
  });
  readFile('d', 'utf8', (error) => {
    if (!error) console.log('read');
  });
});

declare function report(error: unknown): void;

declare const terminal: { question(text: string, answer: (text: string) => void): void };

/** Every answer settles it, or asks again. */
export const asked2 = new Promise<boolean>((resolve) => {
  terminal.question('sure?', (answer) => {
    if (answer === 'y') resolve(true);
    else resolve(false);
  });
});

export const askedAgain = new Promise<boolean>((resolve) => {
  const again = (): void =>
    terminal.question('sure?', (answer) => {
      if (answer === 'y') resolve(true);
      else again();
    });
  again();
});
