import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  TextEdit as ProtocolEdit,
  SnippetTextEdit,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applyEdits } from '../engine/apply-edits.ts';
import type { TextEdit } from '../model/finding.ts';
import { textLines } from '../model/text-lines.ts';
import { contentModified } from './cancellation.ts';
import { rangeIn } from './diagnostics.ts';
import type { ServerContext } from './server-context.ts';

/**
 * Writes edits in the protocol's terms, for the current texts. Each open document is named with its version, so that
 * the client refuses the edit if it has moved on meanwhile.
 */
export function workspaceEdit(context: ServerContext, edits: readonly TextEdit[]): Promise<WorkspaceEdit> {
  return written(context, edits, () => ({}));
}

/** The same for edits that say what they are for, where the client can show that. */
export async function annotatedEdit<Part extends string>(
  context: ServerContext,
  edits: readonly (TextEdit & { readonly part: Part })[],
  annotations: Readonly<Record<Part, ChangeAnnotation>>,
): Promise<WorkspaceEdit> {
  const { changeAnnotations, documentChanges } = context.abilities;
  if (!changeAnnotations || !documentChanges) return workspaceEdit(context, edits);
  const used = new Set(edits.map(({ part }) => part));
  const changes = await written(context, edits, ({ part }) => ({ annotationId: part }));
  const shown = Object.entries<ChangeAnnotation>(annotations).filter(([part]) => used.has(part as Part));
  return { ...changes, changeAnnotations: Object.fromEntries(shown) };
}

async function written<Edit extends TextEdit>(
  context: ServerContext,
  edits: readonly Edit[],
  also: (edit: Edit) => Partial<AnnotatedTextEdit>,
): Promise<WorkspaceEdit> {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  const texts = await Promise.all([...byFile.keys()].map((file) => context.host.readFile(file)));
  const documentChanges = [...byFile].map(([file, ofFile], index): TextDocumentEdit => {
    const text = texts[index];
    if (text === undefined) throw contentModified();
    const lines = textLines(text);
    const toProtocol = (edit: Edit): ProtocolEdit => ({
      range: rangeIn(lines, edit.span),
      newText: edit.newText,
      ...also(edit),
    });
    return { textDocument: identifier(context, file), edits: ofFile.map(toProtocol) };
  });
  return context.abilities.documentChanges ? { documentChanges } : plainChanges(documentChanges);
}

/** An insertion with the cursor in it, where the client can place one. `cursor` is an offset in `edit.newText`. */
export async function editWithCursor(
  context: ServerContext,
  edit: TextEdit,
  cursor: number | undefined,
): Promise<WorkspaceEdit> {
  const { snippetEdits, documentChanges } = context.abilities;
  if (cursor === undefined || !snippetEdits || !documentChanges) return workspaceEdit(context, [edit]);
  const text = await context.host.readFile(edit.file);
  if (text === undefined) throw contentModified();
  const value = `${escapeSnippet(edit.newText.slice(0, cursor))}$0${escapeSnippet(edit.newText.slice(cursor))}`;
  const snippet: SnippetTextEdit = { range: rangeIn(textLines(text), edit.span), snippet: { kind: 'snippet', value } };
  return { documentChanges: [{ textDocument: identifier(context, edit.file), edits: [snippet] }] };
}

/** The one edit that turns a text into another: what both have in common at the ends stays. */
export function difference(file: string, before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const longest = Math.min(before.length, after.length);
  let start = 0;
  while (start < longest && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < longest - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end++;
  }
  const edit = { file, span: { start, end: before.length - end }, newText: after.slice(start, after.length - end) };
  if (applyEdits(before, [edit]) !== after)
    throw new Error('The difference of two texts does not lead from one to the other.');
  return [edit];
}

function identifier({ documents }: ServerContext, file: string): TextDocumentEdit['textDocument'] {
  return { uri: documents.uriOf(file), version: documents.byPath(file)?.text.version ?? null };
}

function plainChanges(edits: readonly TextDocumentEdit[]): WorkspaceEdit {
  return { changes: Object.fromEntries(edits.map((edit) => [edit.textDocument.uri, edit.edits as ProtocolEdit[]])) };
}

function escapeSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}
