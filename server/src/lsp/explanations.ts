import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CancellationToken, ShowDocumentRequest } from 'vscode-languageserver/node';
import type { Asked, Explanation } from '../model/explanation.ts';
import { titleOf } from '../report/explanation.ts';
import { explanationMarkdown } from '../report/explanation-markdown.ts';
import { formatExplanation } from '../report/explanation-pretty.ts';
import { relativePath } from '../report/report.ts';
import { dirname } from '../typescript/paths.ts';
import { contentModified, signalOf } from './cancellation.ts';
import type { OpenDocument } from './documents.ts';
import type { ServerContext } from './server-context.ts';
import { uriOfPath } from './uris.ts';

/** An explanation as the client gets it. */
export interface ExplanationPage {
  /** `click.ts:6`. */
  readonly title: string;
  /** Markdown for our own extension, plain text for others. */
  readonly text: string;
}

/**
 * Explains lines to people. Our own extension shows the page itself; for other clients it is opened as a file, or
 * written to their log where they cannot open one.
 */
export class Explanations {
  readonly #context: ServerContext;
  #folder: Promise<string> | undefined;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** Null for documents that are not open, and where the server has stopped. */
  async explain(uri: string, asked: Asked, token: CancellationToken): Promise<ExplanationPage | null> {
    const { documents, settings, abilities } = this.#context;
    const document = documents.byUri(uri);
    const explanation = document && (await this.#currentOf(document, asked, signalOf(token)));
    if (!explanation) return null;
    const folder = settings.folderOf(document.path)?.path;
    const title = titleOf(explanation);
    if (abilities.isOurs) return { title, text: this.#markdown(explanation, folder) };
    // Elsewhere a page is text, in which `path:line:column` is what people can follow.
    const text = formatExplanation(explanation, { cwd: folder ?? dirname(document.path), color: false });
    await this.#show({ title, text });
    return { title, text };
  }

  /** VS Code's preview follows only links that begin in the first of the workspace's folders. */
  #markdown(explanation: Explanation, folder: string | undefined): string {
    const [first] = this.#context.settings.folders;
    const pathOf = (file: string): string => (folder === undefined ? file : relativePath(folder, file));
    const linkTo = (file: string): string | undefined => first && `/${encodeURI(relativePath(first.path, file))}`;
    return explanationMarkdown(explanation, pathOf, linkTo);
  }

  /** Removes the files that were shown. */
  async close(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }

  /** Of the text that the document has now. Rejects with ContentModified where somebody keeps typing. */
  async #currentOf(document: OpenDocument, asked: Asked, signal: AbortSignal): Promise<Explanation | undefined> {
    const { analysis, documents, linter } = this.#context;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      // Whoever asks while the project still loads waits for it here.
      if (!(await analysis.current(document.path, signal))) return undefined;
      const found = await linter.explain(document.path, asked, analysis.lintOptions(document.path, signal));
      if (!found || found.text === documents.buffers.get(document.path)) return found;
    }
    throw contentModified();
  }

  async #show({ title, text }: ExplanationPage): Promise<void> {
    const { abilities, connection, log } = this.#context;
    if (!abilities.showsDocuments) return log.info(text);
    this.#folder ??= mkdtemp(join(tmpdir(), 'asynclint-'));
    const file = join(await this.#folder, `why ${title.replaceAll(/[^\w.-]/g, ' ')}.txt`);
    await writeFile(file, text);
    const { success } = await connection.sendRequest(ShowDocumentRequest.type, {
      uri: uriOfPath(file),
      takeFocus: true,
    });
    if (!success) log.info(text);
  }
}

const mostAttempts = 3;
