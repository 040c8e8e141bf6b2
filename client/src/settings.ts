import * as vscode from 'vscode';

/** The settings that the client itself acts on; the server reads the rest through `workspace/configuration`. */
export interface ClientSettings {
  readonly enable: boolean;
  readonly run: 'onType' | 'onSave';
  /** Megabytes for each of the two processes. */
  readonly maxMemory: number;
}

/** Reads the settings as they are now. */
export function readSettings(): ClientSettings {
  const section = vscode.workspace.getConfiguration('asynclint');
  return {
    enable: section.get('enable', true),
    run: section.get<ClientSettings['run']>('run', 'onType'),
    maxMemory: section.get('maxMemory', 4096),
  };
}

/** Whether a change of settings needs another server process. */
export function needsNewServer(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration('asynclint.enable') || event.affectsConfiguration('asynclint.maxMemory');
}
