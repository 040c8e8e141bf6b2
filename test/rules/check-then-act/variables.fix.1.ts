import { connect, type Connection, migrate } from './lib';

let connection: Connection | undefined;
let connectionPromise: Promise<Connection> | undefined;
let isMigrated = false;
let isMigratedPromise: Promise<unknown> | undefined;

export async function shared(): Promise<Connection> {
  if (!connection) connection = await (connectionPromise ??= connect().finally(() => {
    connectionPromise = undefined;
  }));
  return connection;
}

export const twice = async (): Promise<void> => {
  if (!isMigrated) {
    await (isMigratedPromise ??= migrate().finally(() => {
      isMigratedPromise = undefined;
    }));
    isMigrated = true;
  }
};
