import { load } from './lib';

interface Emitter {
  on(event: string, handler: (details: string) => unknown): void;
}

export class Thread {
  details = '';
  readonly shown: string[] = [];

  constructor(debuggee: Emitter) {
    debuggee.on('paused', (details) => this.onPaused(details));
  }

  async onPaused(details: string): Promise<void> {
    this.details = details.trim();
    await load(this.details);
    this.shown.push(this.details);
//                  ^^^^^^^^^^^^ stale-read replaced
//                  related replaced.ts:16 "1 writes `this.details`"
//                  related replaced.ts:17 "2 waits here, and other tasks run"
//                  related replaced.ts:16 "3 another call writes `this.details`"
//                  related replaced.ts:18 "4 reads what that call wrote"
  }
}

export class Session {
  current = { id: '' };
  readonly loaded: string[] = [];

  constructor(debuggee: Emitter) {
    debuggee.on('started', (id) => this.onStarted(id));
  }

  async onStarted(id: string): Promise<void> {
    this.current = { id: id.trim() };
    await load(id);
    this.loaded.push(this.current.id);
//                   ^^^^^^^^^^^^^^^ stale-read replaced
//                   related replaced.ts:36 "1 writes `this.current`"
//                   related replaced.ts:37 "2 waits here, and other tasks run"
//                   related replaced.ts:36 "3 another call writes `this.current`"
//                   related replaced.ts:38 "4 reads what that call wrote"
  }
}
