import { saveUser, sendMail } from './users.ts';

export async function register(name: string) {
  saveUser(name);
  await sendMail(name, 'Welcome');
}

export async function loadOrDefault(name: string) {
  try {
    return saveUser(name);
  } catch {
    return undefined;
  }
}

export function registerAll(names: readonly string[]) {
  names.forEach(async (name) => {
    await saveUser(name);
  });
}
