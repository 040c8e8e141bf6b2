import { type CancellationToken, ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { signalOf } from './cancellation.ts';
import { workspaceEdit } from './edits.ts';
import { explainLine } from './explanations.ts';
import { editsOfAllSafeFixes } from './fix-actions.ts';
import { showInterleaving } from './interleavings.ts';
import type { ServerContext } from './server-context.ts';
import type { ShownTexts } from './shown-texts.ts';

export const serverCommands = {
  fixAll: 'asynclint.fixAll',
  lintWorkspace: 'asynclint.lintWorkspace',
  explain: 'asynclint.explain',
  showInterleaving: 'asynclint.showInterleaving',
} as const;

/** Answers `workspace/executeCommand`. */
export function answerCommands(context: ServerContext, shown: ShownTexts, lintWorkspace: () => void): void {
  context.connection.onExecuteCommand(async ({ command, arguments: given }, token) => {
    if (command === serverCommands.lintWorkspace) return lintWorkspace();
    const uri: unknown = given?.[0];
    if (command === serverCommands.fixAll && typeof uri === 'string') return fixAllIn(context, uri, token);
    const asked: unknown = given?.[1];
    if (command === serverCommands.explain && typeof uri === 'string' && typeof asked === 'number')
      return explainLine(context, shown, uri, { line: asked }, token);
    if (command === serverCommands.showInterleaving && typeof uri === 'string' && asked !== undefined)
      return showInterleaving(context, shown, uri, asked, token);
    throw new ResponseError(ErrorCodes.InvalidParams, `There is no command ${command} with these arguments.`);
  });
}

async function fixAllIn(context: ServerContext, uri: string, token: CancellationToken): Promise<void> {
  const { documents, analysis, connection } = context;
  const document = documents.byUri(uri);
  if (!document) return;
  const signal = signalOf(token);
  const analysed = await analysis.current(document.path, signal);
  if (!analysed) return;
  const edits = await editsOfAllSafeFixes(context, analysed, signal);
  if (edits.length === 0 || document.text.version !== analysed.version) return;
  await connection.workspace.applyEdit({
    label: 'Fix all safe asynclint problems',
    edit: await workspaceEdit(context, edits),
  });
}
