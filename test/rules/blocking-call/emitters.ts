import { EventEmitter } from 'node:events';
import { appendFileSync } from 'node:fs';

class Journal extends EventEmitter {}

function write(text: string): void {
  appendFileSync('journal.txt', text);
//^^^^^^^^^^^^^^ blocking-call callback
}

export function keep(source: EventEmitter, journal: Journal): void {
  source.on('entry', write);
  journal.on('line', (text: string) => {
    appendFileSync('lines.txt', text);
//  ^^^^^^^^^^^^^^ blocking-call callback
  });
  // The end of things.
  source.on('close', () => appendFileSync('journal.txt', 'closed'));
  source.once('entry', () => appendFileSync('journal.txt', 'first'));
  process.on('exit', () => appendFileSync('journal.txt', 'exit'));
}
