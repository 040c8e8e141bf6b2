import { connect, type Connection, migrate } from './lib';
import { Mutex } from 'async-mutex';

let connection: Connection | undefined;
let isMigrated = false;

const sharedMutex = new Mutex();

export async function shared(): Promise<Connection> {
  return sharedMutex.runExclusive(async () => {
    if (!connection) connection = await connect();
    return connection;
  });
}

const twiceMutex = new Mutex();

export const twice = async (): Promise<void> => {
  return twiceMutex.runExclusive(async () => {
    if (!isMigrated) {
      await migrate();
      isMigrated = true;
    }
  });
};
