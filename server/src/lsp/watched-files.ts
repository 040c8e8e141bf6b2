import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type FileSystemWatcher,
} from 'vscode-languageserver/node';
import type { FileChanges } from '../typescript/session.ts';
import type { ServerContext } from './server-context.ts';
import { pathOfUri } from './uris.ts';

const watchers: readonly FileSystemWatcher[] = [
  { globPattern: '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}' },
  { globPattern: '**/{tsconfig,jsconfig}*.json' },
  { globPattern: '**/package.json' },
  { globPattern: '**/asynclint.{json,jsonc}' },
  { globPattern: '**/.gitignore' },
  // Their lock files say that packages were installed; the packages themselves are too many to watch.
  { globPattern: '**/{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock,bun.lock,bun.lockb}' },
  { globPattern: '**/node_modules/{.package-lock.json,.modules.yaml,.yarn-state.yml,.yarn-integrity}' },
];

const isLockFile =
  /\/(?:\.?package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|\.modules\.yaml|\.yarn-state\.yml|\.yarn-integrity)$/;

/** After so many changes at once, such as those of a switched branch, it is cheaper and safer to read everything again. */
const manyChanges = 500;

/** Asks the client to watch the files that results depend on. */
export async function watchFiles({ connection, abilities }: ServerContext): Promise<void> {
  if (!abilities.watchesFiles) return;
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watchers] });
}

/**
 * What happened on disk, in the engine's words. Of an open document the buffer counts, and its saving changes nothing;
 * but that a file came to be or went away always matters.
 */
export function fileChangesOf(
  events: readonly FileEvent[],
  isOpen: (path: string) => boolean,
): FileChanges | undefined {
  const changed: string[] = [];
  const created: string[] = [];
  const deleted: string[] = [];
  for (const { uri, type } of events) {
    const path = pathOfUri(uri);
    if (path === undefined) continue;
    if (type === FileChangeType.Created) created.push(path);
    else if (type === FileChangeType.Deleted) deleted.push(path);
    else if (!isOpen(path)) changed.push(path);
  }
  const count = changed.length + created.length + deleted.length;
  if (count === 0) return undefined;
  const everything = count > manyChanges || [...changed, ...created].some((path) => isLockFile.test(path));
  return { changed, created, deleted, ...(everything && { everything }) };
}
