import { connect, type Connection, migrate } from './lib';

let connection: Connection | undefined;
let isMigrated = false;

export async function shared(): Promise<Connection> {
  if (!connection) connection = await connect();
//                 ^^^^^^^^^^ check-then-act doubled
//                 related variables.ts:7 "1 checks `connection`"
//                 related variables.ts:7 "2 waits here, and other tasks run"
//                 related variables.ts:7 "3 another call checks, and finds the same"
//                 related variables.ts:7 "4 both write `connection`"
  return connection;
}

export const twice = async (): Promise<void> => {
  if (!isMigrated) {
    await migrate();
    isMigrated = true;
//  ^^^^^^^^^^ check-then-act doubled
//  related variables.ts:17 "1 checks `isMigrated`"
//  related variables.ts:18 "2 waits here, and other tasks run"
//  related variables.ts:17 "3 another call checks, and finds the same"
//  related variables.ts:19 "4 both write `isMigrated`"
  }
};
