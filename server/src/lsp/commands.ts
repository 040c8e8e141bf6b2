import { type CancellationToken, ErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver/node';
import { signalOf } from './cancellation.ts';
import type { ClientAbilities } from './client-abilities.ts';
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
  /** Carries out a code action, for clients that take actions as commands only. */
  apply: 'asynclint.apply',
} as const;

/** The commands that are of use to a client. */
export function commandsFor({ codeActionLiterals }: ClientAbilities): string[] {
  return Object.values(serverCommands).filter((command) => command !== serverCommands.apply || !codeActionLiterals);
}

/** What commands let others do. */
export interface CommandDoers {
  lintWorkspace(): void;
  /** The edit of a code action. Rejects with ContentModified where it is for another version of the text. */
  editOf(deed: unknown, signal: AbortSignal): Promise<WorkspaceEdit>;
}

/** Answers `workspace/executeCommand`. */
export function answerCommands(context: ServerContext, shown: ShownTexts, doers: CommandDoers): void {
  context.connection.onExecuteCommand(async ({ command, arguments: given }, token) => {
    if (command === serverCommands.lintWorkspace) return doers.lintWorkspace();
    const uri: unknown = given?.[0];
    if (command === serverCommands.apply && typeof uri === 'object' && uri !== null)
      return apply(context, await doers.editOf(uri, signalOf(token)));
    if (command === serverCommands.fixAll && typeof uri === 'string') return fixAllIn(context, uri, token);
    const asked: unknown = given?.[1];
    if (command === serverCommands.explain && typeof uri === 'string' && typeof asked === 'number')
      return explainLine(context, shown, uri, { line: asked }, token);
    if (command === serverCommands.showInterleaving && typeof uri === 'string' && asked !== undefined)
      return showInterleaving(context, shown, uri, asked, token);
    throw new ResponseError(ErrorCodes.InvalidParams, `There is no command ${command} with these arguments.`);
  });
}

async function apply({ connection, log }: ServerContext, edit: WorkspaceEdit): Promise<void> {
  const { applied, failureReason } = await connection.workspace.applyEdit(edit);
  if (!applied) log.info(`The client did not apply an edit: ${failureReason ?? 'it gave no reason'}`);
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
