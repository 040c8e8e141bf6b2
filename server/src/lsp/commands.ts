import { type CancellationToken, ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { signalOf } from './cancellation.ts';
import { workspaceEdit } from './edits.ts';
import type { Explanations } from './explanations.ts';
import { editsOfAllSafeFixes } from './fix-actions.ts';
import type { ServerContext } from './server-context.ts';

export const serverCommands = {
  fixAll: 'asynclint.fixAll',
  lintWorkspace: 'asynclint.lintWorkspace',
  explain: 'asynclint.explain',
} as const;

/** Answers `workspace/executeCommand`. */
export function answerCommands(context: ServerContext, explanations: Explanations, lintWorkspace: () => void): void {
  context.connection.onExecuteCommand(async ({ command, arguments: given }, token) => {
    if (command === serverCommands.lintWorkspace) return lintWorkspace();
    const uri: unknown = given?.[0];
    if (command === serverCommands.fixAll && typeof uri === 'string') return fixAllIn(context, uri, token);
    const line: unknown = given?.[1];
    if (command === serverCommands.explain && typeof uri === 'string' && typeof line === 'number')
      return explanations.explain(uri, { line }, token);
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
