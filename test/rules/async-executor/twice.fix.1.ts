import { readFile } from 'node:fs';

export function missingReturn(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    readFile(file, 'utf8', (error, text) => {
      if (error) return reject(error);
      resolve(text);
    });
  });
}

export const straight = new Promise<number>((resolve) => {
  return resolve(1);
  console.log('done');
  resolve(2);
});

export const block = new Promise<number>((resolve, reject) => {
  if (process.argv.length < 3) {
    return reject(new Error('no argument'));
  }
  resolve(process.argv.length);
});
