import type { CacheHost, Stamp } from '../../model/cache-host.ts';
import type { Host } from '../../model/host.ts';
import { remember } from '../../typescript/remember.ts';

/** One file as it was: where it is, what told its state, and the digest of its text. */
export interface FileTrace {
  readonly path: string;
  /** Empty where the state was not settled, so that the text must be compared. */
  readonly stamp: string;
  /** Empty where there was no file; undefined where only the stamp counts. */
  readonly hash: string | undefined;
}

/**
 * The file system as the cache looks at it, each thing once until somebody says that it changed.
 * A file with an unsaved text counts by that text.
 */
export class Disk {
  readonly host: Host;
  readonly tools: CacheHost;
  readonly #buffered = new Set<string>();
  readonly #stamps = new Map<string, Promise<Stamp | undefined>>();
  readonly #hashes = new Map<string, Promise<string>>();
  readonly #names = new Map<string, Promise<readonly string[]>>();
  /** When each file was last known to be what the compiler has read. */
  readonly #since = new Map<string, number>();
  #start: number;

  constructor(host: Host, tools: CacheHost) {
    this.host = host;
    this.tools = tools;
    this.#start = tools.time();
  }

  touched(path: string, isBuffered: boolean | undefined): void {
    if (isBuffered === true) this.#buffered.add(path);
    else if (isBuffered === false) this.#buffered.delete(path);
    this.#stamps.delete(path);
    this.#hashes.delete(path);
    this.#names.clear();
    this.#since.set(path, this.tools.time());
  }

  everythingTouched(): void {
    this.#stamps.clear();
    this.#hashes.clear();
    this.#names.clear();
    this.#since.clear();
    this.#start = this.tools.time();
  }

  isBuffered(path: string): boolean {
    return this.#buffered.has(path);
  }

  stamp(path: string): Promise<Stamp | undefined> {
    return remember(this.#stamps, path, () => this.tools.stamp(path));
  }

  names(path: string): Promise<readonly string[]> {
    return remember(this.#names, path, () => this.tools.names(path));
  }

  /** The digest of a file's text; empty where there is no file. */
  hash(path: string): Promise<string> {
    return remember(this.#hashes, path, async () => {
      if (!this.isBuffered(path) && !(await this.stamp(path))) return '';
      const text = await this.host.readFile(path).catch(() => undefined);
      return text === undefined ? '' : this.tools.digest(text);
    });
  }

  /** Whether a file is as it was. */
  async isSame({ path, stamp, hash }: FileTrace): Promise<boolean> {
    if (!this.isBuffered(path)) {
      const now = await this.stamp(path);
      if (!now) return hash === '';
      if (stamp !== '' && now.id === stamp) return true;
    }
    return hash !== undefined && (await this.hash(path)) === hash;
  }

  /**
   * Whether nothing happened to a file since it was read. What changed later may already have been another when the
   * compiler looked at it.
   */
  async isSettled(path: string): Promise<boolean> {
    const now = await this.stamp(path);
    return !now || isBefore(now.changedAt, this.#since.get(path) ?? this.#start);
  }

  /** Whether an editor shows another text of one of the files than the disk has. */
  async hasUnsaved(paths: Iterable<string>): Promise<boolean> {
    const open = [...paths].filter((path) => this.#buffered.has(path));
    const [texts, hashes] = await Promise.all([
      Promise.all(open.map((path) => this.tools.read(path))),
      Promise.all(open.map((path) => this.hash(path))),
    ]);
    return texts.some((text, index) => text === undefined || this.tools.digest(text) !== hashes[index]);
  }

  /** The trace of a file whose text is known to be the one with this digest. */
  async trace(path: string, hash: string | undefined): Promise<FileTrace> {
    const now = await this.stamp(path);
    const settled = !this.isBuffered(path) && (await this.isSettled(path));
    return { path, stamp: settled ? (now?.id ?? '') : '', hash: hash ?? (now ? undefined : '') };
  }
}

/** Some file systems keep whole seconds only. */
function isBefore(changedAt: number, time: number): boolean {
  return changedAt + (Number.isInteger(changedAt / 1000) ? 2000 : 0) < time;
}
