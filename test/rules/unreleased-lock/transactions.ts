import type { Knex } from 'knex';
import type { MongoClient } from 'mongodb';

export async function move(db: Knex): Promise<void> {
  const trx = await db.transaction();
//                     ^^^^^^^^^^^ unreleased-lock missed
//                     related transactions.ts:9 "leaves here without releasing it"
//                     related transactions.ts:10 "released here"
  await trx('accounts').insert({ n: 1 });
  await trx.commit();
}

export async function both(client: MongoClient): Promise<void> {
  const session = client.startSession();
//                       ^^^^^^^^^^^^ unreleased-lock missed
//                       related transactions.ts:18 "leaves here without releasing it"
//                       related transactions.ts:21 "released here"
  await session.withTransaction(async () => {
    await client.db().collection('a').insertOne({}, { session });
  });
  await session.endSession();
}

export async function peek(response: Response): Promise<Uint8Array | undefined> {
  const stream = response.body;
  if (!stream) return undefined;
  const reader = stream.getReader();
//                      ^^^^^^^^^ unreleased-lock missed
//                      related transactions.ts:32 "leaves here without releasing it"
//                      related transactions.ts:33 "released here"
  const { value } = await reader.read();
  if (!value) return undefined;
  reader.releaseLock();
  return value;
}
