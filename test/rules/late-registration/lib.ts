import { EventEmitter } from 'node:events';

export declare function load(): Promise<string>;
export declare function log(value: unknown): void;

export class Client extends EventEmitter {
  async connect(): Promise<void> {
    this.emit('ready');
  }
}
