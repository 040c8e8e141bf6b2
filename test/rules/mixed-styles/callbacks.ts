import { readFile, writeFile } from 'node:fs';

type Callback = (error: unknown, value?: string) => void;
declare function load(id: string): Promise<string>;
declare function show(text: string): void;

export function get(id: string, callback: Callback): void {
  console.log('get', id);
  load(id)
    .then((value) => callback(null, value))
//                   ^^^^^^^^ mixed-styles callbackInThen
    .catch(callback);
}

export function find(id: string, cb: Callback): void {
  load(id).then((value) => {
    show(value);
    cb(undefined, value);
//  ^^ mixed-styles callbackInThen
  });
}

export function print(path: string): void {
  readFile(path, 'utf8', (error, text) => show(text));
//                        ^^^^^ mixed-styles ignoredError
  writeFile(path, '', function (err) {
//                              ^^^ mixed-styles ignoredError
    show('written');
  });
}
