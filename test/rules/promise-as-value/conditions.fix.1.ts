import { cached, exists, fresh, load } from './lib';

export async function conditions(ids: string[], given: Promise<boolean>) {
  if (await exists('a')) return 1;
  while (!await exists('b')) ids.pop();
  do ids.pop();
  while (await exists('c'));
  for (; await exists('d'); ) ids.pop();
  const one = await exists('e') ? 1 : 2;
  const two = await exists('f') && ids.length;
  const three = await exists('g') || ids.length;
  if (ids.length > 0 && await exists('h')) return 2;
  if (cached('a') ?? await exists('i')) return 3;
  if (await given) return 4;
  if (await fresh()) return 5;
  return [one, two, three, load(ids[0] ?? '')];
}

export class Store {
  readonly ready = exists('store');

  check(): boolean {
    if (this.ready) return true;
    return false;
  }

  known(): boolean {
    return !!this.ready;
  }
}

export async function variables(id: string) {
  const isThere = await exists(id);
  if (!isThere) throw new Error('missing');
  const isOther = exists(id);
  if (await isOther) console.log('other');
  return (await isOther) ? 1 : 2;
}
