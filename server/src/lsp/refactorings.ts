import {
  type ChangeAnnotation,
  type CodeAction,
  CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { cancellableAt, type EditPart, makeCancellable } from '../engine/refactoring/make-cancellable.ts';
import { contentModified } from './cancellation.ts';
import type { OpenDocument } from './documents.ts';
import { annotatedEdit } from './edits.ts';
import type { ServerContext } from './server-context.ts';

export const rewriteKind = `${CodeActionKind.RefactorRewrite}.asynclint`;

/** What a refactoring does; it is computed when it is chosen. */
export interface Refactoring {
  readonly kind: 'makeCancellable';
  /** In the text of the document, in UTF-16 units. */
  readonly offset: number;
}

/** The refactorings at a place. Asked for, they cost a look at the function; automatic questions do not come here. */
export async function refactoringActions(
  { linter, analysis }: ServerContext,
  { path }: OpenDocument,
  offset: number,
  signal: AbortSignal,
): Promise<readonly { readonly action: CodeAction; readonly what: Refactoring }[]> {
  const options = analysis.lintOptions(path, signal);
  const name = await linter.ask(path, options, (about) => cancellableAt(about, offset));
  if (name === undefined) return [];
  const action = { title: `Make \`${name}\` cancellable`, kind: rewriteKind };
  return [{ action, what: { kind: 'makeCancellable', offset } }];
}

/** The edit of a refactoring, to be looked at before it is applied. Rejects, with the reason, where there is none. */
export async function refactoringEdit(
  context: ServerContext,
  { path }: OpenDocument,
  { offset }: Refactoring,
  signal: AbortSignal,
): Promise<WorkspaceEdit> {
  const { linter, analysis, documents } = context;
  const options = analysis.lintOptions(path, signal);
  const made = await linter.ask(path, options, async (about) => {
    // Somebody may be trying another text of the file just now.
    const view = await about.lease.program(path).view(path);
    if (view?.text !== documents.buffers.get(path)) throw contentModified();
    return makeCancellable(about, offset);
  });
  if ('reason' in made) throw new ResponseError(LSPErrorCodes.RequestFailed, made.reason);
  const annotations: Readonly<Record<EditPart, ChangeAnnotation>> = {
    function: { label: `\`${made.name}\` takes a signal`, needsConfirmation: true },
    calls: { label: `\`${made.name}\` passes it on`, needsConfirmation: true },
    callers: { label: `Callers pass the signal that they have to \`${made.name}\``, needsConfirmation: true },
  };
  return annotatedEdit(context, made.edits, annotations);
}
