import { type InlayHint, type InlayHintParams, MarkupKind } from 'vscode-languageserver/node';
import { type InlayNote, inlayNotes } from '../engine/inlay-notes.ts';
import { type TextLines, textLines } from '../model/text-lines.ts';
import { contentModified, signalOf } from './cancellation.ts';
import { rangeIn } from './diagnostics.ts';
import { isLinted } from './documents.ts';
import type { ServerContext } from './server-context.ts';

/** Answers `textDocument/inlayHint`, with nothing unless the setting asks for them. */
export function answerInlayHints(context: ServerContext): void {
  context.connection.languages.inlayHint.on((params, token) => hints(context, params, signalOf(token)));
}

/** Tells the client that hints are others now, where it can be told. */
export function refreshInlayHints({ abilities, connection, log }: ServerContext): void {
  if (!abilities.refreshesInlayHints) return;
  log.own('The client does not ask for hints again', connection.languages.inlayHint.refresh());
}

async function hints(context: ServerContext, params: InlayHintParams, signal: AbortSignal): Promise<InlayHint[]> {
  const { documents, settings, analysis, linter } = context;
  await context.ready;
  const document = documents.byUri(params.textDocument.uri);
  if (settings.current.inlayHints === 'off' || !document || !isLinted(document.path)) return [];
  const { version } = document.text;
  const range = {
    start: document.text.offsetAt(params.range.start),
    end: document.text.offsetAt(params.range.end),
  };
  const lines = textLines(document.text.getText());
  const options = analysis.lintOptions(document.path, signal);
  const notes = await linter.ask(document.path, options, (about) => inlayNotes(about, range));
  if (document.text.version !== version) throw contentModified();
  return notes.map((note) => toHint(note, lines));
}

function toHint({ offset, kind, label, tooltip, edits }: InlayNote, lines: TextLines): InlayHint {
  return {
    position: lines.positionAt(offset),
    label,
    tooltip: { kind: MarkupKind.Markdown, value: tooltip },
    ...(kind === 'suspension' && { paddingRight: true }),
    ...(edits && { textEdits: edits.map(({ span, newText }) => ({ range: rangeIn(lines, span), newText })) }),
  };
}
