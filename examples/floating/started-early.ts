import { countUsers, saveUser, sendMail } from './users.ts';

// The mail is on its way before the name is looked at, and nobody waits for it when there is none.
export async function greet(name: string): Promise<string> {
  const mail = sendMail(name, 'Hello');
  if (name === '') return 'Nobody to greet.';
  await mail;
  return `Greeted ${name}.`;
}

// While the first is awaited, a rejection of the second has no handler: Node ends.
export async function saveBoth(first: string, second: string): Promise<number> {
  const one = saveUser(first);
  const other = saveUser(second);
  await one;
  await other;
  return countUsers();
}
