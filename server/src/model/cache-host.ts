/**
 * What remembering results between runs needs of the world: what tells one state of a file from another, and a place
 * to keep texts. Nothing here fails: where there is no such place, nothing is kept.
 */
export interface CacheHost {
  /**
   * What tells the present state of a file or folder from others without reading it, and when it changed last, in
   * milliseconds of `time`. Undefined where there is neither a plain file nor a folder.
   */
  stamp(path: string): Promise<Stamp | undefined>;
  /** The text of a file on disk, whatever an editor says of it; undefined where it cannot be read. */
  read(path: string): Promise<string | undefined>;
  /** The names of everything in a folder, links included; empty where it cannot be read. */
  names(path: string): Promise<readonly string[]>;
  /** A short name for a text. Equal texts have equal digests, and other texts others. */
  digest(text: string): string;
  /** The wall clock, in milliseconds. */
  time(): number;
  /** What was kept under a name; undefined where there is nothing. */
  load(name: string): Promise<string | undefined>;
  /** Keeps a text under a name, so that a reader finds either the old or the new one. */
  save(name: string, text: string): Promise<void>;
}

export interface Stamp {
  readonly id: string;
  readonly changedAt: number;
}
