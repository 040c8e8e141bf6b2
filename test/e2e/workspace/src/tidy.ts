import { saveUser } from './users.ts';

// asynclint-disable-next-line floating-promise -- nothing floats here
export async function tidy(name: string) {
  await saveUser(name);
}
