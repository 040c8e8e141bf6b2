import fs from 'node:fs';
import { readFile, rm } from 'node:fs/promises';

export function load(id: string): Promise<string> {
  return fetch(`/users/${id}`).then(async (response) => response.url + await readFile('suffix', 'utf8'));
}

export function recover(work: Promise<string>): Promise<string> {
  return work.catch(async () => await readFile('fallback', 'utf8')).finally(async () => await rm('lock'));
}

export function promised(path: string): Promise<string> {
  return new Promise((resolve) => resolve(fs.readFileSync(path, 'utf8')));
}

export function returned(path: string): Promise<string> {
  return Promise.resolve(fs.readFileSync(path, 'utf8'));
}

export function autosave(text: () => string): NodeJS.Timeout {
  return setInterval(() => fs.writeFileSync('draft', text()), 1000);
}
