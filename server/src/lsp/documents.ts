import type { Connection } from 'vscode-languageserver/node';
import { TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { basename, isLintable } from '../typescript/paths.ts';
import { pathOfUntitled, pathOfUri, uriOfPath } from './uris.ts';

/** A document that the client has open, with the path under which the engine knows it. */
export interface OpenDocument {
  readonly path: string;
  readonly text: TextDocument;
}

export interface DocumentEvents {
  opened(document: OpenDocument): void;
  changed(document: OpenDocument): void;
  saved(document: OpenDocument): void;
  closed(document: OpenDocument): void;
}

/** The client's open documents, by URI and by path. Their texts are what the engine reads instead of the disk. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #byUri = new Map<string, OpenDocument>();
  readonly #byPath = new Map<string, OpenDocument>();
  /** The versions that others have been told of, by URI. */
  readonly #announced = new Map<string, number>();
  readonly #untitledFolder: () => string;
  /** Unsaved texts by path, for the engine's host. */
  readonly buffers = new Map<string, string>();
  /** Texts that are tried for a moment; they go before the buffers. */
  readonly tried = new Map<string, string>();

  constructor(untitledFolder: () => string) {
    this.#untitledFolder = untitledFolder;
  }

  listen(connection: Connection, events: DocumentEvents): void {
    this.#documents.onDidOpen(({ document }) => {
      const path = pathOfUri(document.uri) ?? pathOfUntitled(document.uri, document.languageId, this.#untitledFolder());
      if (path === undefined) return;
      const open = { path, text: document };
      this.#byUri.set(document.uri, open);
      this.#byPath.set(path, open);
      this.#announced.set(document.uri, document.version);
      this.buffers.set(path, withoutMark(document.getText()));
      events.opened(open);
    });
    this.#documents.onDidChangeContent(({ document }) => {
      const open = this.#byUri.get(document.uri);
      // Opening a document is announced as a change too. An equal text with another version is a change nonetheless:
      // what is shown and edited is held against the version.
      if (!open || this.#announced.get(document.uri) === document.version) return;
      this.#announced.set(document.uri, document.version);
      this.buffers.set(open.path, withoutMark(document.getText()));
      events.changed(open);
    });
    this.#documents.onDidSave(({ document }) => {
      const open = this.#byUri.get(document.uri);
      if (open) events.saved(open);
    });
    this.#documents.onDidClose(({ document }) => {
      const open = this.#byUri.get(document.uri);
      if (!open) return;
      this.#byUri.delete(document.uri);
      this.#announced.delete(document.uri);
      this.#byPath.delete(open.path);
      this.buffers.delete(open.path);
      events.closed(open);
    });
    this.#documents.listen(connection);
  }

  byUri(uri: string): OpenDocument | undefined {
    return this.#byUri.get(uri);
  }

  byPath(path: string): OpenDocument | undefined {
    return this.#byPath.get(path);
  }

  all(): readonly OpenDocument[] {
    return [...this.#byPath.values()];
  }

  /** The URI of a path: the client's own spelling where the document is open. */
  uriOf(path: string): string {
    return this.#byPath.get(path)?.text.uri ?? uriOfPath(path);
  }
}

/** Whether the engine has something to say about a file of this name. Packages and minified files are nobody's to mend. */
export function isLinted(path: string): boolean {
  return isLintable(path) && !path.includes('/node_modules/') && !/\.min\.[cm]?js$/.test(basename(path));
}

/** The compiler takes a byte order mark off the text; most editors do so too. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
