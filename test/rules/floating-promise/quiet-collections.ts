import { load, save, type User } from './lib.ts';

const queue: Promise<void>[] = [];
const loading = new Map<string, Promise<User>>();

/** Who put the promise there owns it; taking it out drops nothing. */
export async function collections(user: User): Promise<void> {
  queue.push(save(user));
  await queue[0];
  queue.shift();
  queue.pop();
  queue.splice(0, 1);
  queue.reverse();
  loading.set('1', load('1'));
  await loading.get('1');
  loading.delete('1');
}
