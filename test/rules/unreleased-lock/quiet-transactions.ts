import type { Knex } from 'knex';
import type { DataSource } from 'typeorm';

export async function move(db: Knex): Promise<void> {
  const trx = await db.transaction();
  try {
    await trx('accounts').insert({ n: 1 });
    await trx.commit();
  } catch (error) {
    await trx.rollback();
    throw error;
  }
}

// What could not be opened holds nothing.
export async function run(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    await runner.query('update t set a = 1');
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}
