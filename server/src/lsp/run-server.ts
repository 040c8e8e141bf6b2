import { homedir } from 'node:os';
import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from 'vscode-languageserver/node';
import { configFileName } from '../engine/config.ts';
import { Linter } from '../engine/linter.ts';
import { cacheVersion, defaultCacheFolder, nodeCache } from '../node-cache.ts';
import { nodeHost, withBuffers } from '../node-host.ts';
import { allRules } from '../rules/registry.ts';
import { basename, isInside, normalise } from '../typescript/paths.ts';
import { Analysis } from './analysis.ts';
import { Background } from './background.ts';
import { clientAbilities } from './client-abilities.ts';
import { answerCodeActions, editOf } from './code-actions.ts';
import { answerCommands } from './commands.ts';
import { ConfigDiagnostics } from './config-diagnostics.ts';
import { CrashCount } from './crash-count.ts';
import { deferred } from './deferred.ts';
import { isLinted, OpenDocuments } from './documents.ts';
import { EventLoopWatch } from './event-loop.ts';
import { answerHovers } from './hover.ts';
import { answerInlayHints, refreshInlayHints } from './inlay-hints.ts';
import { PullDiagnostics } from './pull-diagnostics.ts';
import { PushDiagnostics } from './push-diagnostics.ts';
import { answerReports, type Machine } from './report.ts';
import { findRulePages } from './rule-pages.ts';
import { createLog, type ServerContext } from './server-context.ts';
import { SettingsStore } from './settings.ts';
import { ShownTexts } from './shown-texts.ts';
import { Status } from './status.ts';
import { pathOfUri } from './uris.ts';
import { fileChangesOf, watchFiles } from './watched-files.ts';
import { WorkspaceDiagnostics } from './workspace-diagnostics.ts';
import { WorkspacePass } from './workspace-pass.ts';

export interface RunningServer {
  /** Called once the client is ready to be asked. */
  begin(): Promise<void>;
  /** Ends the compiler and answers everybody who still waits. */
  close(): Promise<void>;
}

/** Puts the parts of the server together for one client. */
export async function runServer(
  connection: Connection,
  params: InitializeParams,
  machine: Machine,
): Promise<RunningServer> {
  const abilities = clientAbilities(params);
  const options = (params.initializationOptions ?? {}) as { readonly docs?: unknown; readonly settings?: unknown };
  const settings = new SettingsStore();
  settings.setFolders(foldersOf(params));
  settings.take(options.settings);
  const home = normalise(homedir());
  const documents = new OpenDocuments(() => settings.folders[0]?.path ?? home);
  const host = withBuffers(withBuffers(nodeHost(), documents.buffers), documents.tried);
  const log = createLog(connection);
  const pages = await findRulePages(typeof options.docs === 'string' ? options.docs : undefined);
  const ready = deferred<void>();
  const crashes = new CrashCount(host.now);
  const linter = Linter.create({
    host,
    rules: allRules,
    cwd: settings.folders[0]?.path ?? home,
    cache: { tools: nodeCache(defaultCacheFolder()), version: await cacheVersion(machine.serverVersion) },
    onCompilerDeath: () => compilerDied(),
  });
  const analysis = new Analysis({
    linter,
    documents,
    settings,
    crashes,
    ready: ready.promise,
    now: host.now,
    context: { pages, uriOf: (path) => documents.uriOf(path), readText: (path) => host.readFile(path) },
    onAnalysed: (path, analysed) => {
      push?.analysed(path, analysed);
      pull?.analysed(path, analysed);
      workspaceDiagnostics?.analysed(path, analysed);
      status.send();
    },
    onActivity: (activity) => {
      watch.watch();
      status.activity(activity);
      if (activity.kind !== 'end') return;
      configDiagnostics.refresh();
      background.wake();
    },
  });
  const context: ServerContext = {
    connection,
    abilities,
    documents,
    settings,
    analysis,
    linter,
    host,
    pages,
    log,
    ready: ready.promise,
  };
  const pass = new WorkspacePass(context, () => {
    const counts = (path: string): boolean => documents.byPath(path) !== undefined || pass.includes(path);
    for (const path of analysis.known().keys()) if (!counts(path)) analysis.forget(path);
    push?.clearUnless(counts);
    workspaceDiagnostics?.update();
    status.send();
  });
  const pull = abilities.pullsDiagnostics ? new PullDiagnostics(context) : undefined;
  const push = abilities.pullsDiagnostics ? undefined : new PushDiagnostics(context);
  const background = new Background(context, pass, (path) => !pull || pull.isShown(path));
  const workspaceDiagnostics = pull && new WorkspaceDiagnostics(context, pass, () => background.wake());
  const configDiagnostics = new ConfigDiagnostics(context);
  const watch = new EventLoopWatch(host.now, machine.computed);
  const status = new Status(context, () => {
    let findings = 0;
    for (const [path, { result }] of analysis.known()) {
      if (documents.byPath(path) || pass.includes(path)) findings += result.findings.length;
    }
    return findings;
  });

  function compilerDied(): void {
    crashes.note();
    log.error('The TypeScript compiler ended', `${crashes.total} times so far`);
    analysis.everythingChanged();
    if (analysis.hasStopped) {
      push?.clearUnless((path) => !isLinted(path));
      pull?.refresh();
    }
    status.send();
    background.wake();
  }

  /** A config, the settings or the set of files changed. */
  function everythingChanged(): void {
    pass.filesChanged();
    analysis.everythingChanged();
    configDiagnostics.refresh();
    background.wake();
  }

  documents.listen(connection, {
    opened: ({ path, text }) => {
      pass.opened(path, text.getText());
      analysis.bufferChanged(path, documents.buffers.get(path) ?? text.getText());
      textChanged(path, false);
    },
    changed: ({ path, text }) => {
      analysis.bufferChanged(path, documents.buffers.get(path) ?? text.getText());
      textChanged(path, true);
    },
    saved: ({ path, text }) => {
      pass.saved(path, text.getText());
      background.saved(path);
      // A tsconfig or a manifest decides which programs there are, by what is on disk. Watchers leave open documents out.
      if (isLinted(path)) return;
      analysis.filesChanged({ changed: [path] });
      everythingChanged();
    },
    closed: ({ path }) => {
      pass.closed(path);
      analysis.bufferChanged(path, undefined);
      pull?.forget(path);
      if (!pass.includes(path)) {
        analysis.forget(path);
        push?.clear(path);
      }
      if (basename(path) === configFileName) everythingChanged();
      background.closed(path);
      status.send();
    },
  });

  function textChanged(path: string, isEdit: boolean): void {
    watch.watch();
    if (isLinted(path)) background.touch(path, isEdit);
    else if (isEdit || basename(path) === configFileName) everythingChanged();
  }

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const files = fileChangesOf(changes, (path) => documents.byPath(path) !== undefined);
    if (!files) return;
    analysis.filesChanged(files);
    const { changed = [], created = [], deleted = [] } = files;
    if (created.length + deleted.length > 0 || !changed.every(isLinted)) everythingChanged();
    for (const path of deleted) if (!documents.byPath(path)) push?.clear(path);
    background.wake();
  });

  /** Watchers say nothing about the files of a folder that is moved or deleted as a whole. */
  function folderGone(uri: string): void {
    const folder = pathOfUri(uri);
    if (folder === undefined) return;
    const deleted = [...analysis.known().keys()].filter((path) => isInside(path, folder) && !documents.byPath(path));
    analysis.filesChanged({ deleted: [folder, ...deleted] });
    for (const path of deleted) push?.clear(path);
    everythingChanged();
  }
  connection.workspace.onDidDeleteFiles(({ files }) => {
    for (const { uri } of files) folderGone(uri);
  });
  connection.workspace.onDidRenameFiles(({ files }) => {
    for (const { oldUri } of files) folderGone(oldUri);
  });

  async function settingsChanged(): Promise<void> {
    if (abilities.configuration) await settings.fetch(connection);
    pass.settingChanged();
    everythingChanged();
    refreshInlayHints(context);
  }
  connection.onDidChangeConfiguration((change) => {
    const given = change.settings as { asynclint?: unknown } | null | undefined;
    if (!abilities.configuration) settings.take(given?.asynclint ?? given);
    log.own('The client did not tell its settings', settingsChanged());
  });

  async function foldersChanged(): Promise<void> {
    if (abilities.configuration) await settings.fetch(connection);
    everythingChanged();
  }

  async function listenToSettings(): Promise<void> {
    if (abilities.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        const kept = settings.folders.map(({ uri }) => uri).filter((uri) => !gone.has(uri));
        settings.setFolders([...kept, ...added.map(({ uri }) => uri)]);
        log.own('The client did not tell its settings', foldersChanged());
      });
    }
    if (!abilities.configuration) return;
    if (abilities.registersConfiguration)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'asynclint' });
    await settings.fetch(connection);
  }

  answerCodeActions(context);
  answerHovers(context);
  answerInlayHints(context);
  const shown = new ShownTexts(context);
  answerCommands(context, shown, {
    lintWorkspace() {
      pass.ask();
      background.wake();
    },
    editOf: (deed, signal) => editOf(context, deed, signal),
  });
  answerReports(context, status, crashes, watch, machine);

  return {
    async begin() {
      try {
        await listenToSettings();
      } catch (error) {
        log.error('The client did not tell its settings', error);
      }
      ready.resolve();
      status.send();
      configDiagnostics.refresh();
      background.wake();
      log.own('The client does not watch files', watchFiles(context));
    },
    async close() {
      background.close();
      pass.close();
      pull?.dispose();
      status.dispose();
      watch.dispose();
      workspaceDiagnostics?.close();
      await Promise.all([analysis.close(), shown.close()]);
    },
  };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}
