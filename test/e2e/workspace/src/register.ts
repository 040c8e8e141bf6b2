import { saveUser } from './users.ts';

export async function register(name: string) {
  saveUser(name);
  return name.length;
}
