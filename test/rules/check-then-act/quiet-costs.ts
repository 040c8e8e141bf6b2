// @options {"weak": false, "files": false}
import { readFile } from 'node:fs/promises';
import { connect, type Connection } from './lib';

export const server = { on(event: string, listener: () => unknown): void {} };

let page: string | undefined;

// Reading a local file twice costs little.
async function showPage(): Promise<string> {
  if (page === undefined) page = await readFile('index.html', 'utf8');
  return page;
}

declare function isInstalled(): Promise<boolean>;
let hasTool: boolean | undefined;

// It asks for the answer that the call before has got, and asks again in any case.
async function supports(): Promise<boolean> {
  if (hasTool === false) return false;
  hasTool = await isInstalled();
  return hasTool;
}

let port: Connection | undefined;

// The look is at what the same round has opened.
async function open(): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    port = await connect();
    if (port.id > 0) return;
  }
}

server.on('page', () => showPage());
server.on('tool', () => supports());
server.on('open', () => open());

// An import is one piece of work.
export class NotesImporter_Md {
  private target: Connection | undefined;

  async importFile(text: string): Promise<void> {
    if (!this.target) this.target = await connect();
    await this.target.send(text);
  }
}

// What makes an object ready is called once.
export class Storage {
  private listener: Connection | undefined;

  async performInitialization(): Promise<void> {
    await this._listen();
  }

  private async _listen(): Promise<void> {
    if (!this.listener) this.listener = await connect();
  }
}

let service: Connection | undefined;

async function initService(): Promise<void> {
  if (!service) service = await connect();
}

export async function activate(): Promise<void> {
  await initService();
}
