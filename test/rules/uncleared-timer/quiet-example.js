import { readFile } from 'node:fs/promises';

const timer = setInterval(() => console.log('tick'), 100);
console.log(await readFile('schedule.txt', 'utf8'));
clearInterval(timer);
