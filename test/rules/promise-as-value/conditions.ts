import { cached, exists, fresh, load } from './lib';

export async function conditions(ids: string[], given: Promise<boolean>) {
  if (exists('a')) return 1;
//    ^^^^^^^^^^^ promise-as-value condition
  while (!exists('b')) ids.pop();
//        ^^^^^^^^^^^ promise-as-value condition
  do ids.pop();
  while (exists('c'));
//       ^^^^^^^^^^^ promise-as-value condition
  for (; exists('d'); ) ids.pop();
//       ^^^^^^^^^^^ promise-as-value condition
  const one = exists('e') ? 1 : 2;
//            ^^^^^^^^^^^ promise-as-value condition
  const two = exists('f') && ids.length;
//            ^^^^^^^^^^^ promise-as-value condition
  const three = exists('g') || ids.length;
//              ^^^^^^^^^^^ promise-as-value condition
  if (ids.length > 0 && exists('h')) return 2;
//                      ^^^^^^^^^^^ promise-as-value condition
  if (cached('a') ?? exists('i')) return 3;
//                   ^^^^^^^^^^^ promise-as-value condition
  if (given) return 4;
//    ^^^^^ promise-as-value condition
  if (fresh()) return 5;
//    ^^^^^^^ promise-as-value maybe
  return [one, two, three, load(ids[0] ?? '')];
}

export class Store {
  readonly ready = exists('store');

  check(): boolean {
    if (this.ready) return true;
//      ^^^^^^^^^^ promise-as-value condition
    return false;
  }

  known(): boolean {
    return !!this.ready;
//           ^^^^^^^^^^ promise-as-value condition
  }
}

export async function variables(id: string) {
  const isThere = exists(id);
//                ^^^^^^^^^^ promise-as-value unawaited
//                related conditions.ts:49 "used as a condition here"
  if (!isThere) throw new Error('missing');
  const isOther = exists(id);
  if (isOther) console.log('other');
//    ^^^^^^^ promise-as-value condition
  return (await isOther) ? 1 : 2;
}
