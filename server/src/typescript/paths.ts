/** Absolute paths with forward slashes, as the compiler and the engine use them. Pure text; no file system. */

/** Forward slashes, and an upper-case drive letter, as the compiler writes it. */
export function normalise(file: string): string {
  const slashed = file.includes('\\') ? file.replaceAll('\\', '/') : file;
  return /^[a-z]:/.test(slashed) ? slashed.charAt(0).toUpperCase() + slashed.slice(1) : slashed;
}

export function dirname(file: string): string {
  const at = file.lastIndexOf('/');
  if (at < 0) return '.';
  if (at === 0) return '/';
  return /^[A-Z]:$/.test(file.slice(0, at)) ? file.slice(0, at + 1) : file.slice(0, at);
}

export function basename(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Joins and resolves `.` and `..`; an absolute `relative` wins. */
export function join(base: string, relative: string): string {
  const start = /^(?:\/|[A-Za-z]:\/)/.test(relative) ? relative : `${base}/${relative}`;
  const out: string[] = [];
  for (const part of normalise(start).split('/')) {
    if (part === '.' || (part === '' && out.length > 0)) continue;
    if (part === '..' && out.length > 1) out.pop();
    else if (part !== '..') out.push(part);
  }
  return out.length === 1 ? `${out[0]}/` : out.join('/');
}

/** The directories from `from` up to the root, nearest first. */
export function* ancestors(from: string): Generator<string> {
  for (let at = from; ; at = dirname(at)) {
    yield at;
    if (at === dirname(at) || at === '.') return;
  }
}

export function isInside(file: string, directory: string): boolean {
  return file.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** TypeScript and JavaScript sources that can be linted. Declaration files cannot: they run nothing. */
export function isLintable(file: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx)$/.test(file) && !isDeclarationFile(file);
}

/** Files that only say what there is, such as `index.d.ts`. */
export function isDeclarationFile(file: string): boolean {
  return /\.d\.(?:[cm]?ts|[^./]+\.ts)$/.test(file);
}

export function isJavaScript(file: string): boolean {
  return /\.(?:[cm]?js|jsx)$/.test(file);
}
