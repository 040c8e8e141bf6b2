import { appendFile, readFile } from 'node:fs/promises';

export async function saveUser(name: string): Promise<string> {
  if (name === '') throw new Error('A user needs a name.');
  await appendFile('users.txt', `${name}\n`);
  return name;
}

export async function sendMail(name: string, subject: string): Promise<void> {
  await appendFile('outbox.txt', `${name}: ${subject}\n`);
}

export async function countUsers(): Promise<number> {
  const text = await readFile('users.txt', 'utf8');
  return text.split('\n').filter((line) => line !== '').length;
}
