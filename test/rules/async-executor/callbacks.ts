import { readFile } from 'node:fs';

declare const retry: any;
declare function load(count: number): Promise<string>;

export function lostThrow(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    readFile(file, 'utf8', (error, text) => {
      if (error) throw error;
//               ^^^^^ async-executor lostThrow
      if (text === '') {
        throw new Error('empty');
//      ^^^^^ async-executor lostThrow
      }
      resolve(text);
    });
    setTimeout(() => reject(new Error('late')), 1000);
  });
}

export function swallowed(file: string): Promise<string> {
  return new Promise((resolve) => {
    readFile(file, 'utf8', (err, text) => {
      if (err) {
//        ^^^ async-executor unsettledError
        console.error(err);
        return;
      }
      resolve(text);
    });
  });
}

export function asyncCallback(): Promise<string> {
  return new Promise((resolve, reject) => {
    retry.attempt(async (count: number) => {
//                ^^^^^ async-executor asyncCallback
      const text = await load(count);
      if (text === '') reject(new Error('empty'));
      else resolve(text);
    });
  });
}

export function throwsInCatch(): Promise<string> {
  return new Promise((resolve) => {
    retry.attempt(async (count: number) => {
      try {
        resolve(await load(count));
      } catch (error) {
        throw error;
//      ^^^^^ async-executor lostThrow
      }
    });
  });
}

export function onlySuccess(file: string): Promise<string> {
  return new Promise((resolve) => {
    readFile(file, 'utf8', (error, text) => {
      if (!error) resolve(text);
//        ^^^^^^ async-executor unsettledError
    });
  });
}

export function onlySuccessInShort(file: string): Promise<string> {
  return new Promise((resolve, _reject) => {
    readFile(file, 'utf8', (err, text) => {
      err == null && resolve(text);
//    ^^^^^^^^^^^ async-executor unsettledError
    });
  });
}

declare const terminal: { question(text: string, answer: (text: string) => void): void };

/** Any other answer leaves whoever asked waiting. */
export function ask(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    terminal.question(text, (answer) => {
      if (answer === 'y') resolve(true);
//        ^^^^^^^^^^^^^^ async-executor unsettledPath
      else if (answer === 'n') resolve(false);
    });
  });
}

declare const lines: { once(event: 'line', listener: (line: string) => void): void; close(): void };

export function choose(options: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      lines.close();
      const index = Number(line);
      const option = options[index];
      if (Number.isNaN(index)) reject(new Error('not a number'));
//        ^^^^^^^^^^^^^^^^^^^ async-executor unsettledPath
      else if (option !== undefined) resolve(option);
    });
  });
}
