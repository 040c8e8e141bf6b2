import { type InitializeParams, MarkupKind } from 'vscode-languageserver/node';

/** What the client at the other end can do, as far as it matters here. */
export interface ClientAbilities {
  /** It asks for diagnostics by itself and can be told to ask again; otherwise they are sent to it. */
  readonly pullsDiagnostics: boolean;
  readonly configuration: boolean;
  /** It can be asked to tell when its settings change; others may tell unasked. */
  readonly registersConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly watchesFiles: boolean;
  readonly watchesRelative: boolean;
  readonly workDoneProgress: boolean;
  /** Edits may name the version of the text that they are for. */
  readonly documentChanges: boolean;
  /** Edits may say what they are for, and ask for a look before they are applied. */
  readonly changeAnnotations: boolean;
  readonly resolvesActionEdits: boolean;
  readonly snippetEdits: boolean;
  /** Its menus take actions that carry edits; older ones take the names of commands. */
  readonly codeActionLiterals: boolean;
  /** It carries out edits that the server sends. */
  readonly appliesEdits: boolean;
  /** It shows Markdown in hovers. */
  readonly readsMarkdown: boolean;
  readonly refreshesInlayHints: boolean;
  /** It opens a document when it is asked to. */
  readonly showsDocuments: boolean;
  /** It takes `asynclint/status`: an editor that does not know it may show a warning at each. */
  readonly takesStatus: boolean;
  /** The client carries out `asynclint.showRule` and the other commands of our own extension. */
  readonly isOurs: boolean;
}

export function clientAbilities({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  const { workspace, textDocument, window } = capabilities;
  const isOurs = typeof initializationOptions?.docs === 'string';
  const resolvable = textDocument?.codeAction?.resolveSupport?.properties ?? [];
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchesRelative: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    workDoneProgress: window?.workDoneProgress === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    changeAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    resolvesActionEdits: resolvable.includes('edit') && textDocument?.codeAction?.dataSupport === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    appliesEdits: workspace?.applyEdit === true,
    readsMarkdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    showsDocuments: window?.showDocument?.support === true,
    takesStatus: isOurs || capabilities.experimental?.asynclintStatus === true,
    isOurs,
  };
}
