import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ShowDocumentRequest } from 'vscode-languageserver/node';
import type { ServerContext } from './server-context.ts';
import { uriOfPath } from './uris.ts';

/** Texts that are shown in editors other than our own extension: as files where they can open one, else in their log. */
export class ShownTexts {
  readonly #context: ServerContext;
  #folder: Promise<string> | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** @param name the name of the file, without its ending */
  async show(name: string, text: string): Promise<void> {
    const { abilities, connection, log } = this.#context;
    if (!abilities.showsDocuments) return log.info(text);
    this.#folder ??= mkdtemp(join(tmpdir(), 'asynclint-'));
    const file = join(await this.#folder, `${name.replaceAll(/[^\w.-]/g, ' ')}.txt`);
    await writeFile(file, text);
    const { success } = await connection.sendRequest(ShowDocumentRequest.type, {
      uri: uriOfPath(file),
      takeFocus: true,
    });
    if (!success) log.info(text);
  }

  /** Removes the files that were shown. */
  async close(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }
}
