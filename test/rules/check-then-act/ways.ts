// @options {"weak": false, "files": false}
import { connect, type Connection } from './lib';

export const server = { on(event: string, listener: () => unknown): void {} };

let browser: Connection | undefined;
export let isRemote = false;

// Several ways to the same place behind one look are one problem.
export async function open(): Promise<Connection> {
  if (browser) return browser;
  if (isRemote) {
    browser = await connect();
//  ^^^^^^^ check-then-act doubled
//  related ways.ts:11 "1 checks `browser`"
//  related ways.ts:13 "2 waits here, and other tasks run"
//  related ways.ts:11 "3 another call checks, and finds the same"
//  related ways.ts:13 "4 both write `browser`"
    return browser;
  }
  browser = await connect();
  return browser;
}

server.on('open', () => open());
