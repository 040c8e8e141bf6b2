import type { CancellationToken } from 'vscode-languageserver/node';
import type { Asked, Explanation } from '../model/explanation.ts';
import { titleOf } from '../report/explanation.ts';
import { explanationMarkdown } from '../report/explanation-markdown.ts';
import { formatExplanation } from '../report/explanation-pretty.ts';
import { relativePath } from '../report/report.ts';
import { dirname } from '../typescript/paths.ts';
import { contentModified, signalOf } from './cancellation.ts';
import type { OpenDocument } from './documents.ts';
import type { ServerContext } from './server-context.ts';
import type { ShownTexts } from './shown-texts.ts';

/** An explanation as the client gets it. */
export interface ExplanationPage {
  /** `click.ts:6`. */
  readonly title: string;
  /** Markdown for our own extension, plain text for others. */
  readonly text: string;
}

/**
 * Explains a line to people. Our own extension shows the page itself; for other clients it is opened.
 * @returns null for documents that are not open, and where the server has stopped
 */
export async function explainLine(
  context: ServerContext,
  shown: ShownTexts,
  uri: string,
  asked: Asked,
  token: CancellationToken,
): Promise<ExplanationPage | null> {
  const { documents, settings, abilities } = context;
  const document = documents.byUri(uri);
  const explanation = document && (await currentOf(context, document, asked, signalOf(token)));
  if (!explanation) return null;
  const folder = settings.folderOf(document.path)?.path;
  const title = titleOf(explanation);
  if (abilities.isOurs) return { title, text: markdown(context, explanation, folder) };
  // Elsewhere a page is text, in which `path:line:column` is what people can follow.
  const text = formatExplanation(explanation, { cwd: folder ?? dirname(document.path), color: false });
  await shown.show(`why ${title}`, text);
  return { title, text };
}

/** VS Code's preview follows only links that begin in the first of the workspace's folders. */
function markdown({ settings }: ServerContext, explanation: Explanation, folder: string | undefined): string {
  const [first] = settings.folders;
  const pathOf = (file: string): string => (folder === undefined ? file : relativePath(folder, file));
  const linkTo = (file: string): string | undefined => first && `/${encodeURI(relativePath(first.path, file))}`;
  return explanationMarkdown(explanation, pathOf, linkTo);
}

/** Of the text that the document has now. Rejects with ContentModified where somebody keeps typing. */
async function currentOf(
  { analysis, documents, linter }: ServerContext,
  document: OpenDocument,
  asked: Asked,
  signal: AbortSignal,
): Promise<Explanation | undefined> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    // Whoever asks while the project still loads waits for it here.
    if (!(await analysis.current(document.path, signal))) return undefined;
    const found = await linter.explain(document.path, asked, analysis.lintOptions(document.path, signal));
    if (!found || found.text === documents.buffers.get(document.path)) return found;
  }
  throw contentModified();
}

const mostAttempts = 3;
