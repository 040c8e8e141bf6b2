import { Channel, load, migrate } from './lib';

let origin = '';
let isInitialized = false;
export const seen: string[] = [];

export async function handler(url: string): Promise<string> {
  if (!origin) {
    origin = url;
//  ^^^^^^ check-then-act early
//  related early.ts:8 "1 checks `origin`"
//  related early.ts:9 "2 sets `origin`"
//  related early.ts:15 "3 waits here, and other tasks run"
//  related early.ts:17 "4 another call goes on here without having waited"
    await migrate();
  }
  return load(url);
}

export async function respond(url: string): Promise<void> {
  if (!isInitialized) {
    isInitialized = true;
//  ^^^^^^^^^^^^^ check-then-act early
//  related early.ts:21 "1 checks `isInitialized`"
//  related early.ts:22 "2 sets `isInitialized`"
//  related early.ts:28 "3 waits here, and other tasks run"
//  related early.ts:30 "4 another call goes on here without having waited"
    await migrate();
  }
  seen.push(url);
}

export class Store {
  needsReload = true;
  data = '';

  async read(): Promise<string> {
    if (this.needsReload) {
      this.needsReload = false;
//    ^^^^^^^^^^^^^^^^ check-then-act early
//    related early.ts:38 "1 checks `this.needsReload`"
//    related early.ts:39 "2 sets `this.needsReload`"
//    related early.ts:45 "3 waits here, and other tasks run"
//    related early.ts:47 "4 another call goes on here without having waited"
      this.data = await load('data');
    }
    return this.data;
  }
}

let channel: Channel | undefined;

export async function getChannel(): Promise<Channel> {
  if (channel === undefined) {
    channel = new Channel();
//  ^^^^^^^ check-then-act early
//  related early.ts:54 "1 checks `channel`"
//  related early.ts:55 "2 sets `channel`"
//  related early.ts:61 "3 waits here, and other tasks run"
//  related early.ts:63 "4 another call goes on here without having waited"
    await channel.open();
  }
  return channel;
}
