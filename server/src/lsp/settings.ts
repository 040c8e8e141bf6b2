import type { Connection } from 'vscode-languageserver/node';
import { isInside, join } from '../typescript/paths.ts';
import { pathOfUri } from './uris.ts';

/** What an editor may decide: when and where findings are shown. Verdicts are the config file's business. */
export interface Settings {
  readonly run: 'onType' | 'onSave';
  readonly scope: 'open' | 'workspace';
  /** Whether hints between the characters are given to clients that ask for them. */
  readonly inlayHints: 'off' | 'on';
}

export interface Folder {
  /** As the client writes it. */
  readonly uri: string;
  readonly path: string;
}

const defaults: Settings = { run: 'onType', scope: 'open', inlayHints: 'off' };

/** The client's settings and folders. Anything that is missing or of a wrong type counts as not set. */
export class SettingsStore {
  #settings: Settings = defaults;
  #folders: readonly Folder[] = [];
  #configPaths = new Map<string, string>();

  get current(): Settings {
    return this.#settings;
  }

  get folders(): readonly Folder[] {
    return this.#folders;
  }

  setFolders(uris: readonly string[]): void {
    this.#folders = uris.flatMap((uri) => {
      const path = pathOfUri(uri);
      return path === undefined
        ? []
        : [{ uri, path: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path }];
    });
  }

  /** Takes one section of settings for everything, as it comes with `initialize` and from clients that are not asked. */
  take(section: unknown): void {
    this.#settings = settingsOf(section);
    this.#configPaths = new Map(this.#folders.map((folder) => [folder.path, configPathOf(section)]));
  }

  /** Asks the client, for each folder. */
  async fetch(connection: Connection): Promise<void> {
    const folders = this.#folders;
    const [whole, ...each] = (await connection.workspace.getConfiguration([
      { section: 'asynclint' },
      ...folders.map(({ uri }) => ({ section: 'asynclint', scopeUri: uri })),
    ])) as unknown[];
    this.#settings = settingsOf(whole);
    this.#configPaths = new Map(folders.map((folder, index) => [folder.path, configPathOf(each[index])]));
  }

  /** The innermost workspace folder around a file. */
  folderOf(file: string): Folder | undefined {
    return this.#folders
      .filter((folder) => isInside(file, folder.path))
      .sort((a, b) => b.path.length - a.path.length)
      .at(0);
  }

  /** The config file that the user chose for a file's folder, absolute; undefined means the nearest one. */
  configFileFor(file: string): string | undefined {
    const folder = this.folderOf(file);
    const chosen = folder && this.#configPaths.get(folder.path);
    return folder && chosen ? join(folder.path, chosen.replaceAll('\\', '/')) : undefined;
  }

  /** Files that are linted under the same config file go together. */
  byConfigFile(files: readonly string[]): ReadonlyMap<string | undefined, readonly string[]> {
    const groups = new Map<string | undefined, string[]>();
    for (const file of files) {
      const configFile = this.configFileFor(file);
      groups.set(configFile, [...(groups.get(configFile) ?? []), file]);
    }
    return groups;
  }
}

function settingsOf(section: unknown): Settings {
  const { run, scope, inlayHints } = asRecord(section);
  return {
    run: run === 'onSave' ? 'onSave' : defaults.run,
    scope: scope === 'workspace' ? 'workspace' : defaults.scope,
    inlayHints: inlayHints === 'on' ? 'on' : defaults.inlayHints,
  };
}

function configPathOf(section: unknown): string {
  const { configPath } = asRecord(section);
  return typeof configPath === 'string' ? configPath.trim() : '';
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
