import type { Db } from 'mongodb';

export async function page(db: Db, id: string): Promise<unknown> {
  const user = await db.collection('users').findOne({ id });
  const count = await db.collection('posts').countDocuments({ author: id });
//              ^^^^^ sequential-awaits pair
//              related handles.ts:4 "waits for `user`"
  return { user, count };
}
