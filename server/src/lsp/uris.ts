import { fileURLToPath, pathToFileURL } from 'node:url';
import { join, normalise } from '../typescript/paths.ts';

/** The path of a `file:` URI as the engine writes paths, or undefined where the URI names no local file. */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return normalise(fileURLToPath(uri));
  } catch {
    return undefined; // A file on another machine, or no URI at all.
  }
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}

const extensions: Readonly<Record<string, string>> = {
  typescript: 'ts',
  typescriptreact: 'tsx',
  javascript: 'js',
  javascriptreact: 'jsx',
};

/**
 * A path for a document that is not on disk yet: in `folder`, so that it sees the folder's packages and options, and
 * with a name that no saved file has. Undefined for languages that are not linted.
 */
export function pathOfUntitled(uri: string, languageId: string, folder: string): string | undefined {
  const extension = extensions[languageId];
  if (!uri.startsWith('untitled:') || extension === undefined) return undefined;
  const name = decoded(uri.slice('untitled:'.length)).split(/[\\/]/).at(-1) ?? '';
  return join(folder, `${name.replaceAll(/[^\w.-]/g, '_')}.unsaved.${extension}`);
}

/** A text that is not encoded as it should be stays what it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
