import { saveUser, sendMail } from './users.ts';

export async function saveQuietly(name: string) {
  await saveUser(name).catch(() => {});
}

export async function invite(names: readonly string[]) {
  await Promise.allSettled(names.map((name) => sendMail(name, 'Join us')));
}

export async function rename(name: string) {
  try {
    await saveUser(name);
  } catch {}
}
