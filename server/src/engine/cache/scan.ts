import { isDeclarationFile, isJavaScript } from '../../typescript/paths.ts';

/** What a file's text says about the rest of the program. Read by pattern: what is in doubt counts as said. */
export interface Scan {
  /** Specifiers that are paths. */
  readonly paths: readonly string[];
  /** Specifiers that are names of packages, or of what a tsconfig or a manifest maps. */
  readonly names: readonly string[];
  /** Whether the file may declare something that other files see without importing it. */
  readonly isGlobal: boolean;
}

/** Looks for everything that names another file: imports of every kind, `require`, and reference comments. */
export function scanText(file: string, text: string): Scan {
  if (file.endsWith('.json')) return { paths: [], names: [], isGlobal: false };
  const paths = new Set<string>();
  const names = new Set<string>();
  const add = (specifier: string): void => {
    if (/^(?:\.{1,2}(?:\/|$)|\/|[A-Za-z]:[\\/])/.test(specifier)) paths.add(specifier);
    else names.add(specifier);
  };
  for (const [, , specifier] of text.matchAll(specifiers)) if (specifier) add(specifier);
  if (text.includes('///') || text.includes('@jsxImportSource')) {
    for (const [, specifier] of text.matchAll(referencedFiles)) if (specifier) add(asPath(specifier));
    for (const [, type, pragma] of text.matchAll(referencedNames)) names.add(type ?? pragma ?? '');
  }
  return { paths: [...paths], names: [...names], isGlobal: isGlobal(file, text) };
}

export const globalShape = '*';

/** Two texts of equal shape import the same and declare nothing for everybody: their difference concerns their importers only. */
export function shapeOf({ paths, names, isGlobal }: Scan): string {
  return isGlobal ? globalShape : [...paths, ...names].join(' ');
}

const gap = String.raw`(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/)*`;
const quoted = '([\'"`])([^\'"`\\n]+)\\1';
const specifiers = new RegExp(String.raw`\b(?:from|import|require)\b${gap}\(?${gap}` + quoted, 'g');
const referencedFiles = /\/\/\/\s*<reference\s[^>\n]*?\bpath\s*=\s*["']([^"'\n]+)["']/g;
const referencedNames =
  /(?:\/\/\/\s*<reference\s[^>\n]*?\b(?:types|lib)\s*=\s*["']([^"'\n]+)["'])|@jsxImportSource\s+([^\s*]+)/g;

/** The path of a reference comment is relative also without a dot. */
function asPath(specifier: string): string {
  return /^[./]/.test(specifier) ? specifier : `./${specifier}`;
}

/** A script's names are everybody's, and so is what a module declares to be global or adds to another module. */
function isGlobal(file: string, text: string): boolean {
  if (isDeclarationFile(file)) return true;
  if (/\bdeclare\s+(?:global|module)\b/.test(text)) return true;
  if (/^(?:import|export)\b/m.test(withoutComments(text))) return false;
  return !(isJavaScript(file) && /\brequire\s*\(|\bmodule\.exports\b|\bexports\s*[.[]/.test(text));
}

/** Takes too much away where a text or a pattern looks like a comment, which makes a file look like a script and costs only time. */
function withoutComments(text: string): string {
  return text.includes('/*') ? text.replace(/\/\*[\s\S]*?\*\//g, '') : text;
}
