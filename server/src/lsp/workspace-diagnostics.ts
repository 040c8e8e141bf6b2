import {
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Analysed } from './analysed.ts';
import { cancelled, signalOf } from './cancellation.ts';
import { type Deferred, deferred, untilAborted } from './deferred.ts';
import type { ServerContext } from './server-context.ts';
import { pathOfUri } from './uris.ts';
import type { WorkspacePass } from './workspace-pass.ts';

/** A client that waits for news about files which it has not open. */
interface Listener {
  /** What the client has, by URI. */
  readonly known: Map<string, string>;
  readonly report: ((items: WorkspaceDocumentDiagnosticReport[]) => void) | undefined;
  readonly done: Deferred<void>;
}

/**
 * Answers `workspace/diagnostic`. A request that takes partial results stays open and gets each file as it is done;
 * any other is answered when the whole workspace has been linted.
 */
export class WorkspaceDiagnostics {
  readonly #context: ServerContext;
  readonly #pass: WorkspacePass;
  readonly #wake: () => void;
  readonly #listeners = new Set<Listener>();

  constructor(context: ServerContext, pass: WorkspacePass, wake: () => void) {
    this.#context = context;
    this.#pass = pass;
    this.#wake = wake;
    context.connection.languages.diagnostics.onWorkspace((params, token, _progress, results) =>
      this.#answer(params, signalOf(token), results),
    );
  }

  analysed(path: string, analysed: Analysed): void {
    if (analysed.version !== null || !this.#pass.includes(path)) return;
    const uri = this.#context.documents.uriOf(path);
    for (const listener of this.#listeners) {
      if (!listener.report || listener.known.get(uri) === analysed.resultId) continue;
      if (analysed.diagnostics.length === 0 && !listener.known.has(uri)) continue;
      listener.known.set(uri, analysed.resultId);
      listener.report([full(uri, analysed)]);
    }
  }

  /** A pass ended, or files left the set: says so to those who wait. */
  update(): void {
    for (const listener of this.#listeners) {
      if (!listener.report) {
        if (this.#pass.isDone) listener.done.resolve();
        continue;
      }
      const items = this.#news(listener);
      if (items.length > 0) listener.report(items);
    }
  }

  /** Answers everybody, because the server ends. */
  close(): void {
    for (const listener of this.#listeners) listener.done.resolve();
  }

  async #answer(
    { previousResultIds }: WorkspaceDiagnosticParams,
    signal: AbortSignal,
    results: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
  ): Promise<WorkspaceDiagnosticReport> {
    const listener: Listener = {
      known: new Map(previousResultIds.map(({ uri, value }) => [uri, value])),
      report: results && ((items) => results.report({ items })),
      done: deferred(),
    };
    await this.#context.ready;
    this.#listeners.add(listener);
    try {
      const items = this.#news(listener);
      if (listener.report && items.length > 0) listener.report(items);
      this.#wake();
      if (!listener.report && this.#pass.isDone) return { items };
      await untilAborted(listener.done.promise, signal);
      return { items: listener.report ? [] : [...items, ...this.#news(listener)] };
    } catch {
      throw cancelled();
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** What the listener does not know yet, and then does. */
  #news(listener: Listener): WorkspaceDocumentDiagnosticReport[] {
    const { analysis, documents } = this.#context;
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const uri of [...listener.known.keys()]) {
      const path = pathOfUri(uri);
      if (documents.byUri(uri) || (path !== undefined && this.#pass.includes(path))) continue;
      listener.known.delete(uri);
      items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
    }
    for (const [path, analysed] of analysis.known()) {
      if (analysed.version !== null || !this.#pass.includes(path) || !analysis.isFresh(path)) continue;
      const uri = documents.uriOf(path);
      if (listener.known.get(uri) === analysed.resultId) continue;
      if (analysed.diagnostics.length === 0 && !listener.known.has(uri)) continue;
      listener.known.set(uri, analysed.resultId);
      items.push(full(uri, analysed));
    }
    return items;
  }
}

function full(uri: string, { resultId, diagnostics }: Analysed): WorkspaceDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId, items: [...diagnostics] };
}
