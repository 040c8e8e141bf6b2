import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';

const changes = new EventEmitter();

createServer((request, response) => {
  changes.on('change', (text: string) => response.write(text));
//        ^^ listener-per-call perCall
  request.on('data', (chunk) => console.log(chunk));
});

createServer((request, response) => {
  const send = (text: string): boolean => response.write(text);
  changes.on('saved', send);
  request.on('close', () => changes.off('saved', send));
});
