import { readFile } from 'node:fs';

export function missingReturn(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    readFile(file, 'utf8', (error, text) => {
      if (error) reject(error);
      resolve(text);
//    ^^^^^^^ async-executor settledTwice
//    related twice.ts:6 "settles the promise first"
    });
  });
}

export const straight = new Promise<number>((resolve) => {
  resolve(1);
  console.log('done');
  resolve(2);
//^^^^^^^ async-executor settledTwice
// related twice.ts:15 "settles the promise first"
});

export const block = new Promise<number>((resolve, reject) => {
  if (process.argv.length < 3) {
    reject(new Error('no argument'));
  }
  resolve(process.argv.length);
//^^^^^^^ async-executor settledTwice
// related twice.ts:24 "settles the promise first"
});
