import {
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import type { Analysed } from './analysed.ts';
import { signalOf } from './cancellation.ts';
import { isLinted } from './documents.ts';
import type { ServerContext } from './server-context.ts';
import { pathOfUri } from './uris.ts';

/** What the client was last told about a document. */
interface Told {
  readonly resultId: string;
  readonly version: number | null;
}

/** How long refreshes are gathered: each one lets the client ask about every document that it shows. */
const gatherMilliseconds = 50;

/** Answers `textDocument/diagnostic`, and lets the client ask again when an answer has changed without its doing. */
export class PullDiagnostics {
  readonly #context: ServerContext;
  readonly #told = new Map<string, Told>();
  readonly #asked = new Map<string, number>();
  #refresh: NodeJS.Timeout | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
    context.connection.languages.diagnostics.on((params, token) => this.#answer(params, signalOf(token)));
  }

  /** Whether the client has asked about a document, and so would like to hear of changes. */
  isShown(path: string): boolean {
    return this.#told.has(path);
  }

  /** Compares a new result with what the client knows. */
  analysed(path: string, analysed: Analysed): void {
    const told = this.#told.get(path);
    // A client asks by itself after each edit of its own, and whoever is waiting gets this result anyway.
    if (!told || this.#asked.has(path) || told.version !== analysed.version) return;
    if (told.resultId !== analysed.resultId) this.refresh();
  }

  forget(path: string): void {
    this.#told.delete(path);
  }

  /** Lets the client ask again about everything that it shows. */
  refresh(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      const { connection, log } = this.#context;
      log.own('The client did not take a refresh', connection.languages.diagnostics.refresh());
    }, gatherMilliseconds);
  }

  dispose(): void {
    clearTimeout(this.#refresh);
  }

  async #answer(
    { textDocument, previousResultId }: DocumentDiagnosticParams,
    signal: AbortSignal,
  ): Promise<DocumentDiagnosticReport> {
    const { documents, analysis, settings } = this.#context;
    const document = documents.byUri(textDocument.uri);
    const path = document?.path ?? pathOfUri(textDocument.uri);
    const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
    if (path === undefined || !isLinted(path)) return nothing;
    if (!document && settings.current.scope === 'open') return nothing;
    const version = document?.text.version ?? null;
    this.#asked.set(path, (this.#asked.get(path) ?? 0) + 1);
    let analysed: Analysed | undefined;
    try {
      analysed = await analysis.current(path, signal);
    } finally {
      const others = (this.#asked.get(path) ?? 1) - 1;
      if (others > 0) this.#asked.set(path, others);
      else this.#asked.delete(path);
    }
    if (!analysed) return nothing;
    if (analysed.version !== version) throw outdated();
    if (document) this.#told.set(path, { resultId: analysed.resultId, version });
    const { resultId } = analysed;
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...analysed.diagnostics] };
  }
}

/** The text changed while its diagnostics were computed: there are none for the version that was asked about. */
function outdated(): ResponseError<{ retriggerRequest: boolean }> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, 'The text has changed.', { retriggerRequest: true });
}
