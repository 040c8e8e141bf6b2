import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync('items.db');

export async function count(): Promise<unknown> {
  return database.prepare('select count(*) from items').get();
//                                                      ^^^ blocking-call async
}
