import { find, load, type User, use } from './lib.ts';

export async function earlyReturn(id: string): Promise<User | undefined> {
  const known = find(id);
  if (known) return known;
  const user = load(id);
  return await user;
}

export async function earlyThrow(id: string): Promise<User> {
  if (!find(id)) {
    throw new Error('Unknown.');
  }
  const user = load(id);
  return user;
}

export async function someCondition(id: string, wanted: boolean): Promise<void> {
  const user = load(id);
  user.catch(console.error);
  if (wanted) use(await user);
}

export async function overwritten(id: string): Promise<User> {
  let user = load(id);
  if (!find(id)) {
    await user;
    user = load('default');
  }
  return await user;
}

export async function inLoop(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const user = load(id);
    user.catch(console.error);
    if (!find(id)) continue;
    use(await user);
  }
}

export async function inSwitch(kind: string): Promise<User | undefined> {
  const user = load(kind);
  switch (kind) {
    case 'user':
      return await user;
    default:
      await user;
      return undefined;
  }
}

export async function inFinally(id: string): Promise<void> {
  const user = load(id);
  try {
    if (find(id)) { await user; return; }
    await user;
  } finally {
    use(id);
  }
}

export async function assigned(id: string): Promise<void> {
  let user: Promise<User> | undefined;
  if (id !== '') {
    user = load(id);
  }
  if (find(id)) { await user; return; }
  if (user) await user;
}
