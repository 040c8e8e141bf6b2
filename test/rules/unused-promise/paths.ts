import { find, load, type User, use } from './lib.ts';

export async function earlyReturn(id: string): Promise<User | undefined> {
  const user = load(id);
//      ^^^^ unused-promise missed
//      related paths.ts:8 "returns here without having awaited it"
  const known = find(id);
  if (known) return known;
  return await user;
}

export async function earlyThrow(id: string): Promise<User> {
  const user = load(id);
//      ^^^^ unused-promise missed
//      related paths.ts:17 "throws here without having awaited it"
  if (!find(id)) {
    throw new Error('Unknown.');
  }
  return user;
}

export async function someCondition(id: string, wanted: boolean): Promise<void> {
  const user = load(id);
//      ^^^^ unused-promise missed
//      related paths.ts:26 "decides here to go on without it"
  if (wanted) use(await user);
}

export async function overwritten(id: string): Promise<User> {
  let user = load(id);
//    ^^^^ unused-promise overwritten
//    related paths.ts:34 "gets another value here"
  if (!find(id)) {
    user = load('default');
  }
  return await user;
}

export async function inLoop(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const user = load(id);
//        ^^^^ unused-promise missed
//        related paths.ts:44 "decides here to go on without it"
    if (!find(id)) continue;
    use(await user);
  }
}

export async function inSwitch(kind: string): Promise<User | undefined> {
  const user = load(kind);
//      ^^^^ unused-promise missed
//      related paths.ts:57 "returns here without having awaited it"
  switch (kind) {
    case 'user':
      return await user;
    default:
      return undefined;
  }
}

export async function inFinally(id: string): Promise<void> {
  const user = load(id);
//      ^^^^ unused-promise missed
//      related paths.ts:66 "returns here without having awaited it"
  try {
    if (find(id)) return;
    await user;
  } finally {
    use(id);
  }
}

export async function assigned(id: string): Promise<void> {
  let user: Promise<User> | undefined;
  if (id !== '') {
    user = load(id);
//  ^^^^ unused-promise missed
//  related paths.ts:80 "returns here without having awaited it"
  }
  if (find(id)) return;
  if (user) await user;
}
