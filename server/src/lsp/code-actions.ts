import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Command,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Finding, Fix } from '../model/finding.ts';
import { contains, type Span } from '../model/span.ts';
import type { Analysed } from './analysed.ts';
import { contentModified, signalOf } from './cancellation.ts';
import { serverCommands } from './commands.ts';
import type { DiagnosticData } from './diagnostics.ts';
import { isLinted, type OpenDocument } from './documents.ts';
import { editWithCursor, workspaceEdit } from './edits.ts';
import { choiceOf, editsOfAllSafeFixes, editsOfChoice, hasSafeFix, titleOfChoice } from './fix-actions.ts';
import { identity } from './fix-cache.ts';
import { type Refactoring, refactoringActions, refactoringEdit, rewriteKind } from './refactorings.ts';
import type { ServerContext } from './server-context.ts';

const kinds = {
  fix: `${CodeActionKind.QuickFix}.asynclint`,
  suppress: `${CodeActionKind.QuickFix}.suppress.asynclint`,
  fixAll: `${CodeActionKind.SourceFixAll}.asynclint`,
  rewrite: rewriteKind,
  /** No kind of edit, so that it stands behind all fixes and is no part of asking for them. */
  explain: 'explain.asynclint',
} as const;

export const codeActionKinds: readonly string[] = Object.values(kinds);

/** What an action does; enough to compute its edit later, for the same version of the same document. */
interface Deed {
  readonly uri: string;
  readonly version: number;
  readonly what:
    | { readonly kind: 'fix'; readonly finding: string; readonly index: number }
    | { readonly kind: 'fixRule'; readonly rule: string; readonly choice: string }
    | { readonly kind: 'fixAll' }
    | Refactoring
    | { readonly kind: 'suppress'; readonly finding: string; readonly where: 'line' | 'file' };
}

/** Answers `textDocument/codeAction` and `codeAction/resolve`. */
export function answerCodeActions(context: ServerContext): void {
  const { connection, abilities } = context;
  connection.onCodeAction(async (params, token) => {
    const signal = signalOf(token);
    const actions = await offer(context, params, signal);
    if (!abilities.codeActionLiterals) return actions.flatMap((action) => asCommand(context, action));
    if (abilities.resolvesActionEdits) return actions;
    const resolved = actions.map((action) => withEdit(context, action, signal).catch(unlessRefused));
    return (await Promise.all(resolved)).filter((action) => action !== undefined);
  });
  connection.onCodeActionResolve((action, token) => withEdit(context, action, signalOf(token)));
}

/** What an action does as a command, for clients whose menus take nothing else. */
function asCommand({ abilities }: ServerContext, { title, command, data }: CodeAction): Command[] {
  if (command) return [command];
  return abilities.appliesEdits ? [{ title, command: serverCommands.apply, arguments: [data] }] : [];
}

/** A refactoring that turns out not to be possible is not offered to clients that want everything at once. */
function unlessRefused(error: unknown): undefined {
  if (error instanceof ResponseError && error.code === LSPErrorCodes.RequestFailed) return undefined;
  throw error;
}

async function offer(context: ServerContext, params: CodeActionParams, signal: AbortSignal): Promise<CodeAction[]> {
  const document = context.documents.byUri(params.textDocument.uri);
  if (!document || !isLinted(document.path)) return [];
  const { version } = document.text;
  const wants = (kind: string): boolean =>
    params.context.only?.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`)) ?? true;
  if (!Object.values(kinds).some(wants)) return [];

  const analysed = await context.analysis.current(document.path, signal);
  if (!analysed || analysed.version !== version) return [];
  const actions: CodeAction[] = [];
  // VS Code asks for everything at each move of the cursor; fixing the whole file is offered to those who name the kind.
  if (params.context.only && wants(kinds.fixAll) && (await hasSafeFix(context, analysed, signal))) {
    const deed: Deed = { uri: document.text.uri, version, what: { kind: 'fixAll' } };
    actions.push({ title: 'Fix all safe asynclint problems', kind: kinds.fixAll, data: deed });
  }
  const range = {
    start: document.text.offsetAt(params.range.start),
    end: document.text.offsetAt(params.range.end),
  };
  const found = analysed.result.findings.filter((finding) => meets(finding.span, range));
  const last = wants(kinds.explain)
    ? [
        ...interleavingActions(context, found, document),
        ...(await explainActions(context, params, found.length > 0, document, signal)),
      ]
    : [];
  if (wants(kinds.rewrite) && params.context.triggerKind !== CodeActionTriggerKind.Automatic) {
    const offered = await refactoringActions(context, document, range.start, signal);
    last.unshift(...offered.map(({ action, what }) => ({ ...action, data: deed(document, what) })));
  }
  if (!wants(kinds.fix) && !wants(kinds.suppress)) return [...actions, ...last];
  const fixes = wants(kinds.fix) ? await context.analysis.fixes(analysed, found, signal) : new Map<Finding, Fix[]>();
  const about = (finding: Finding): Diagnostic[] => diagnosticsFor(finding, analysed);
  const own: CodeAction[] = [];
  const many: CodeAction[] = [];
  const rest: CodeAction[] = [];
  for (const finding of found) {
    const offered = fixes.get(finding) ?? [];
    own.push(...fixActions(finding, offered, document, about(finding)));
    if (wants(kinds.fix)) many.push(...fixRuleActions(finding, offered, analysed, document, about(finding)));
    if (wants(kinds.suppress)) rest.push(...suppressActions(finding, document, about(finding)));
    if (wants(kinds.fix)) rest.push(...documentation(context, finding, about(finding)));
  }
  return [...actions, ...own, ...many, ...onceEach(rest), ...last];
}

/** The cursor beside a finding counts as on it. */
function meets(span: Span, range: Span): boolean {
  return contains(span, range) || (span.start <= range.end && range.start <= span.end);
}

function fixActions(
  finding: Finding,
  offered: readonly Fix[],
  document: OpenDocument,
  diagnostics: Diagnostic[],
): CodeAction[] {
  return offered.map((fix, index) => ({
    title: fix.title,
    kind: kinds.fix,
    diagnostics,
    ...(index === 0 && fix.safe && { isPreferred: true }),
    data: deed(document, { kind: 'fix', finding: identity(finding), index }),
  }));
}

/** The first fix, for every finding of the rule in the file, where there are several. */
function fixRuleActions(
  finding: Finding,
  [first]: readonly Fix[],
  analysed: Analysed,
  document: OpenDocument,
  diagnostics: Diagnostic[],
): CodeAction[] {
  const alike = analysed.result.findings.filter(({ rule, fixable }) => rule === finding.rule && fixable);
  if (!first || alike.length < 2) return [];
  return [
    {
      title: `Fix all ${finding.rule} problems in this file: ${titleOfChoice(first)}`,
      kind: kinds.fix,
      diagnostics,
      data: deed(document, { kind: 'fixRule', rule: finding.rule, choice: choiceOf(first) }),
    },
  ];
}

function suppressActions(finding: Finding, document: OpenDocument, diagnostics: Diagnostic[]): CodeAction[] {
  const action = (where: 'line' | 'file'): CodeAction => ({
    title: `Disable ${finding.rule} for this ${where}`,
    kind: kinds.suppress,
    diagnostics,
    data: deed(document, { kind: 'suppress', finding: identity(finding), where }),
  });
  return [action('line'), action('file')];
}

function documentation(context: ServerContext, finding: Finding, diagnostics: Diagnostic[]): CodeAction[] {
  if (!context.abilities.isOurs || context.pages.uriOf(finding.rule) === undefined) return [];
  const title = `Show documentation for ${finding.rule}`;
  const command = { title, command: 'asynclint.showRule', arguments: [finding.rule] };
  return [{ title, kind: kinds.fix, diagnostics, command }];
}

/** For the first race alone: a menu that shows two races by one title helps nobody. */
function interleavingActions(
  { abilities }: ServerContext,
  found: readonly Finding[],
  { text: { uri } }: OpenDocument,
): CodeAction[] {
  const race = found.find(({ interleaving }) => interleaving);
  if (!race) return [];
  const { rule, key, span } = race;
  const action = (title: string, command: string): CodeAction => ({
    title,
    kind: kinds.explain,
    command: { title, command, arguments: [uri, { rule, key, span }] },
  });
  if (!abilities.isOurs) return [action('Show interleaving', serverCommands.showInterleaving)];
  return [
    action('Show interleaving', 'asynclint.openInterleaving'),
    action('Draw interleaving', 'asynclint.drawInterleaving'),
  ];
}

/**
 * Offered where something is found, and where somebody who asks for actions stands on something asynchronous. It never
 * makes the lightbulb appear by itself.
 */
async function explainActions(
  { abilities, linter }: ServerContext,
  { range, context }: CodeActionParams,
  isFinding: boolean,
  { path, text }: OpenDocument,
  signal: AbortSignal,
): Promise<CodeAction[]> {
  const { line } = range.start;
  const isAsked = context.triggerKind !== CodeActionTriggerKind.Automatic;
  if (!isFinding && !(isAsked && (await linter.isAsyncAt(path, { line }, signal)))) return [];
  const title = 'Explain this line';
  const id = abilities.isOurs ? 'asynclint.explainLine' : serverCommands.explain;
  return [{ title, kind: kinds.explain, command: { title, command: id, arguments: [text.uri, line] } }];
}

/** Of actions with one title the first: two findings of a rule on one line share what is about the rule. */
function onceEach(actions: readonly CodeAction[]): CodeAction[] {
  const seen = new Map<string, CodeAction>();
  for (const action of actions) if (!seen.has(action.title)) seen.set(action.title, action);
  return [...seen.values()];
}

function deed(document: OpenDocument, what: Deed['what']): Deed {
  return { uri: document.text.uri, version: document.text.version, what };
}

function diagnosticsFor(finding: Finding, analysed: Analysed): Diagnostic[] {
  return analysed.diagnostics.filter((diagnostic) => {
    const data = diagnostic.data as DiagnosticData;
    return identity(data) === identity(finding);
  });
}

async function withEdit(context: ServerContext, action: CodeAction, signal: AbortSignal): Promise<CodeAction> {
  if (action.data === undefined || action.edit) return action;
  const { data, ...rest } = action;
  return { ...rest, edit: await editOf(context, data, signal) };
}

/**
 * Computes the edit of an action. Rejects with ContentModified where the document has another version now.
 * @param deed the `data` of an action that was offered
 */
export async function editOf(context: ServerContext, deed: unknown, signal: AbortSignal): Promise<WorkspaceEdit> {
  const { uri, version, what } = deed as Deed;
  const document = context.documents.byUri(uri);
  if (!document || document.text.version !== version) throw contentModified();
  const edit =
    what.kind === 'makeCancellable'
      ? await refactoringEdit(context, document, what, signal)
      : await computed(context, document, what, signal);
  if (!edit || document.text.version !== version) throw contentModified();
  return edit;
}

async function computed(
  context: ServerContext,
  { path }: OpenDocument,
  what: Exclude<Deed['what'], Refactoring>,
  signal: AbortSignal,
): Promise<WorkspaceEdit | undefined> {
  const analysed = await context.analysis.current(path, signal);
  if (!analysed) return undefined;
  if (what.kind === 'fixAll') return workspaceEdit(context, await editsOfAllSafeFixes(context, analysed, signal));
  if (what.kind === 'fixRule') {
    return workspaceEdit(context, await editsOfChoice(context, analysed, what.rule, what.choice, signal));
  }
  const finding = analysed.result.findings.find((each) => identity(each) === what.finding);
  if (!finding) return undefined;
  if (what.kind === 'fix') {
    const fixes = await context.analysis.fixes(analysed, [finding], signal);
    const fix = fixes.get(finding)?.[what.index];
    return fix && workspaceEdit(context, fix.edits);
  }
  const suppression = await context.linter.suppression(finding, what.where, signal);
  if (!suppression) return undefined;
  const { edit, cursor } = suppression;
  const inEdit = cursor - edit.span.start;
  return editWithCursor(context, edit, inEdit <= edit.newText.length ? inEdit : undefined);
}
