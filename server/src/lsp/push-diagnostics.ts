import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { Analysed } from './analysed.ts';
import type { ServerContext } from './server-context.ts';

/** Sends diagnostics to clients that do not ask for them. */
export class PushDiagnostics {
  readonly #context: ServerContext;
  /** What was sent for each URI, and with it which URIs the client shows something for. */
  readonly #sent = new Map<
    string,
    { readonly uri: string; readonly resultId: string; readonly version: number | null }
  >();

  constructor(context: ServerContext) {
    this.#context = context;
  }

  analysed(path: string, { diagnostics, resultId, version }: Analysed): void {
    const { documents } = this.#context;
    const before = this.#sent.get(path);
    if (before?.resultId === resultId && before.version === version) return;
    if (!before && version === null && diagnostics.length === 0) return;
    const uri = documents.uriOf(path);
    this.#sent.set(path, { uri, resultId, version });
    this.#send({ uri, diagnostics: [...diagnostics], ...(version !== null && { version }) });
  }

  /** Takes the diagnostics of a file away. */
  clear(path: string): void {
    const sent = this.#sent.get(path);
    if (!sent) return;
    this.#sent.delete(path);
    this.#send({ uri: sent.uri, diagnostics: [] });
  }

  /** Takes away what was sent about files that do not count any more. */
  clearUnless(counts: (path: string) => boolean): void {
    for (const path of [...this.#sent.keys()]) if (!counts(path)) this.clear(path);
  }

  #send(params: PublishDiagnosticsParams): void {
    const { connection, log } = this.#context;
    log.own('The diagnostics could not be sent', connection.sendDiagnostics(params));
  }
}
