// @options {"weak": false, "files": false}
import { readFile, stat } from 'node:fs/promises';
import { connect, type Connection, migrate } from './lib';

// Without the option, only what is made twice counts.
export class Client {
  private isMigrated = false;
  private room = 3;
  private connection: Connection | undefined;

  async prepare(): Promise<void> {
    if (this.isMigrated) return;
    await migrate();
    this.isMigrated = true;
  }

  async enter(): Promise<boolean> {
    if (this.room === 0) return false;
    await migrate();
    this.room--;
    return true;
  }

  // Callers in general could, and hardly anybody will.
  async connect(): Promise<void> {
    if (this.connection) return;
    this.connection = await connect();
  }
}

export async function text(path: string): Promise<string> {
  return (await stat(path)).isFile() ? readFile(path, 'utf8') : '';
}

declare function request(work: { readonly message: (attempt: number) => Promise<string> }): Promise<void>;

/** Whoever is given the callback runs it again when it has failed. */
export async function review(text: string | (() => Promise<string>)): Promise<void> {
  await request({
    message: async () => {
      if (typeof text === 'function') text = await text();
      return text;
    },
  });
}
