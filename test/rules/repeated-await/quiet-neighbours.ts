import { api, type User } from './lib.ts';

export async function ofTheRound(ids: readonly string[]): Promise<readonly User[]> {
  const found: User[] = [];
  for (const id of ids) {
    const user = await api.fetchUser(id);
    found.push(user);
    if (user.name === '') break;
  }
  return found;
}

export async function changedBetween(users: readonly User[]): Promise<number> {
  let sum = 0;
  for (const user of users) {
    const all = await api.listUsers();
    sum += all.length;
    await api.saveUser(user, { url: '' });
  }
  return sum;
}

export async function varies(users: readonly User[]): Promise<string[]> {
  const found: string[] = [];
  for (const user of users) {
    const status = await api.getStatus();
    found.push(`${user.name} ${status}`);
  }
  return found;
}

export async function polls(users: readonly User[]): Promise<void> {
  for (const _ of users) {
    const prices = await api.fetchPrices();
    if (prices.length > 0) break;
  }
}

export async function onlySometimes(users: readonly User[]): Promise<void> {
  for (const user of users) {
    if (user.name === '') {
      const config = await api.getConfig();
      await api.saveUser(user, config);
    }
  }
}

export async function afterAContinue(users: readonly User[]): Promise<void> {
  for (const user of users) {
    if (user.name === '') continue;
    const config = await api.getConfig();
    await api.saveUser(user, config);
  }
}

export async function assignedInTheLoop(users: readonly User[]): Promise<void> {
  let team = '';
  for (const user of users) {
    const owner = await fetchOwner(team);
    team = user.name;
    console.log(owner.name);
  }
}

export async function itsOwnList(users: readonly User[]): Promise<void> {
  const done: User[] = [];
  for (const user of users) {
    const config = await fetchConfig(done);
    done.push(user);
    console.log(config.length);
  }
}

export async function once(users: readonly User[]): Promise<void> {
  const config = await api.getConfig();
  for (const user of users) await api.saveUser(user, config);
}

declare function fetchOwner(team: string): Promise<User>;
declare function fetchConfig(users: readonly User[]): Promise<readonly User[]>;
