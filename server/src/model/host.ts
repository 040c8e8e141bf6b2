/**
 * The engine's only window onto the world. Paths are absolute, with forward slashes.
 * Invariant: nothing in `model`, `flow`, `facts`, `rules` and `engine` reads a file, the clock or the environment but through this.
 */
export interface Host {
  /** The text of a file (unsaved buffers included), or undefined where there is none. Rejects where it cannot be read. */
  readFile(path: string): Promise<string | undefined>;
  /** Whether the path is a file, a directory, or neither. */
  kind(path: string): Promise<'file' | 'directory' | undefined>;
  /** Names of the entries of a directory; empty where it cannot be read. */
  list(path: string): Promise<{ readonly files: readonly string[]; readonly directories: readonly string[] }>;
  /** The path with symbolic links resolved, or the path itself where that fails. */
  realpath(path: string): Promise<string>;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
}
