import { load } from './lib';

export class Store {
  async turn(id: string, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    return await this.compress(id);
//                    ^^^^^^^^ unforwarded-signal unthreaded
//                    related threading.ts:12 "could take a signal here"
  }

  private async compress(id: string): Promise<string> {
    return await load(id);
  }
}
