import { refresh, saveUser } from './_lib';

export async function provoked(): Promise<void> {
  await refresh().catch(() => {});
  try {
    await saveUser({ id: '' });
  } catch {}
}
