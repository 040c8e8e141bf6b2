import { compare, type Difference, staysLocal } from './compare.ts';
import type { Disk } from './disk.ts';
import type { Bucket, Entry } from './format.ts';
import { type Scan, scanText, shapeOf } from './scan.ts';
import { dependants, scanOf, sourceAt, type World } from './world.ts';

/** What a lookup is about. */
export interface Wanted {
  readonly file: string;
  /** The digest of the rules, severities and options that hold. */
  readonly config: string;
}

export interface Hit {
  readonly entry: Entry;
  readonly world: World;
  /** Empty where the result has nothing to show in it. */
  readonly text: string;
}

/** What one file's result rested on when it was linted last. */
export interface Rest {
  readonly home: string;
  readonly restsOnProject: boolean;
  readonly dependsOn: readonly string[];
}

interface Standing {
  readonly difference: Difference | undefined;
  /** Files that changed since, with the text of those that an editor shows. */
  readonly touched: Map<string, string | undefined>;
}

/** A comparison on its way, and what ends it before it is done: the signal of whoever began it. */
interface Comparison {
  readonly standing: Promise<Standing>;
  readonly signal: AbortSignal | undefined;
}

/**
 * A bucket and how far its worlds still hold. A world that once could not be relied on stays so until it is written
 * down anew.
 */
export class BucketState {
  readonly bucket: Bucket;
  readonly #disk: Disk;
  readonly #standings = new Map<World, Comparison>();
  readonly #current = new Map<World, Standing>();
  readonly #byFile = new Map<string, Entry[]>();
  #epoch = 0;
  readonly #scans = new Map<string, { readonly text: string; readonly scan: Scan }>();

  constructor(bucket: Bucket, disk: Disk) {
    this.bucket = bucket;
    this.#disk = disk;
    for (const entry of bucket.entries) {
      const list = this.#byFile.get(entry.file);
      if (list) list.push(entry);
      else this.#byFile.set(entry.file, [entry]);
    }
  }

  /** Takes the worlds as they are: they have just been written down. */
  static fresh(bucket: Bucket, disk: Disk, written: Iterable<World>, before: BucketState | undefined): BucketState {
    const state = new BucketState(bucket, disk);
    const none: Difference = { changed: new Set(), stale: new Set(), hasOtherFiles: false };
    for (const world of written) state.#settle(world, { difference: none, touched: new Map() });
    for (const [world, known] of before ? before.#current : []) {
      if (bucket.worlds.includes(world) && !state.#current.has(world)) state.#settle(world, known);
    }
    return state;
  }

  /** The text of a file changed. */
  touched(path: string, text: string | undefined): void {
    for (const { touched } of this.#current.values()) touched.set(path, text);
    // A comparison that goes on may have looked at the file already.
    if (this.#standings.size > this.#current.size) this.outdate();
  }

  /** Something else changed: the next lookup compares everything again. */
  outdate(): void {
    this.#epoch++;
    this.#standings.clear();
    this.#current.clear();
  }

  /** The kept results that still hold. */
  async lookup(wanted: readonly Wanted[], signal: AbortSignal): Promise<ReadonlyMap<string, Hit>> {
    const hits = new Map<string, Hit>();
    const candidates = wanted.flatMap(({ file, config }) => {
      const entry = this.#byFile.get(file)?.find((each) => each.config === config);
      return entry ? [entry] : [];
    });
    if (candidates.length === 0) return hits;
    if (wanted.length === 1 && candidates[0] && (await this.#isOther(candidates[0]))) return hits;
    const files = new Set(wanted.map(({ file }) => file));
    for (const world of this.bucket.worlds) {
      const entries = candidates.filter((entry) => this.bucket.worlds[entry.world] === world);
      if (entries.length === 0) continue;
      // A project that is made of the files that are linted is the same only for the same files.
      const isComplete = candidates.length === wanted.length && (world.roots ?? []).every((root) => files.has(root));
      if (world.roots && !isComplete) continue;
      const difference = await this.difference(world, signal);
      if (!difference) continue;
      for (const entry of entries) {
        signal.throwIfAborted();
        if (!holds(entry, world, difference)) continue;
        const text = await this.#textOf(entry);
        if (text !== undefined) hits.set(entry.file, { entry, world, text });
      }
    }
    return hits;
  }

  /** How a world differs from what there is now; undefined where nothing of it can be relied on. */
  async difference(world: World, signal: AbortSignal): Promise<Difference | undefined> {
    const standing = await this.#standing(world, signal);
    if (standing.touched.size === 0 || !standing.difference) return standing.difference;
    const renewed = { difference: await this.#renew(world, standing), touched: new Map<string, string | undefined>() };
    this.#settle(world, renewed);
    return renewed.difference;
  }

  /** Compares a world once for all who ask; whoever began may give up, and the next then begins anew. */
  async #standing(world: World, signal: AbortSignal): Promise<Standing> {
    for (;;) {
      const known = this.#standings.get(world);
      const comparing = known ?? { standing: this.#compare(world, signal), signal };
      if (!known) this.#standings.set(world, comparing);
      try {
        return await comparing.standing;
      } catch (error) {
        if (this.#standings.get(world) === comparing) this.#standings.delete(world);
        signal.throwIfAborted();
        if (!comparing.signal?.aborted) throw error;
      }
    }
  }

  /** Whether no lookup can find the project's files to be others than they were. */
  async hasSameFiles(signal: AbortSignal): Promise<boolean> {
    const differences = await Promise.all(this.bucket.worlds.map((world) => this.difference(world, signal)));
    return differences.length > 0 && differences.every((each) => each && !each.hasOtherFiles);
  }

  /**
   * Whether a new text of one file may change the result of another. False is certain.
   * @param rest what the other file's result rests on
   */
  mayMatter(changed: string, text: string, file: string, rest: Rest): boolean {
    const world = this.bucket.worlds.find(({ home }) => home === rest.home);
    const standing = world && this.#current.get(world);
    if (!world || !standing?.difference) return true;
    const at = sourceAt(world, file);
    if (at === undefined || standing.difference.stale.has(at)) return true;
    if (changed.includes('/node_modules/')) return true;
    const target = sourceAt(world, changed);
    // What the program does not load does not matter to it.
    if (target === undefined) return false;
    const isAsWritten = !standing.touched.has(changed) && world.sources[target]?.hash === this.#disk.tools.digest(text);
    if (isAsWritten) return false;
    if (rest.restsOnProject || rest.dependsOn.includes(changed)) return true;
    const edits: readonly (readonly [string, string | undefined])[] = [...standing.touched, [changed, text]];
    const reaching = new Set([target]);
    for (const [path, edited] of edits) {
      const index = sourceAt(world, path);
      const source = index === undefined ? undefined : world.sources[index];
      if (index === undefined || !source) continue;
      const scan = edited === undefined ? undefined : this.#scan(path, edited);
      if (!staysLocal(world, index, scan)) {
        this.#settle(world, { difference: undefined, touched: new Map() });
        return true;
      }
      // What imports something else than when it was written down may reach anything.
      if (path !== changed && (!scan || shapeOf(scan) !== shapeOf(scanOf(world, source)))) reaching.add(index);
    }
    return dependants(world, reaching).has(at);
  }

  /** Texts are asked about once for every other file that is open. */
  #scan(path: string, text: string): Scan {
    const known = this.#scans.get(path);
    if (known?.text === text) return known.scan;
    const scan = scanText(path, text);
    this.#scans.set(path, { text, scan });
    return scan;
  }

  #settle(world: World, standing: Standing): void {
    this.#current.set(world, standing);
    this.#standings.set(world, { standing: Promise.resolve(standing), signal: undefined });
  }

  async #compare(world: World, signal: AbortSignal): Promise<Standing> {
    const epoch = this.#epoch;
    const standing = {
      difference: await compare(world, this.#disk, signal),
      touched: new Map<string, string | undefined>(),
    };
    if (epoch === this.#epoch) this.#current.set(world, standing);
    return standing;
  }

  /** Looks again at the files that changed since. */
  async #renew(world: World, { difference, touched }: Standing): Promise<Difference | undefined> {
    if (!difference) return undefined;
    const changed = new Set(difference.changed);
    for (const path of touched.keys()) {
      const at = sourceAt(world, path);
      const source = at === undefined ? undefined : world.sources[at];
      if (at === undefined || !source) continue;
      if (await this.#disk.isSame(source)) {
        changed.delete(at);
        continue;
      }
      changed.add(at);
      const text = await this.#disk.host.readFile(path).catch(() => undefined);
      if (!staysLocal(world, at, text === undefined ? undefined : scanText(path, text))) return undefined;
    }
    return { ...difference, changed, stale: dependants(world, changed) };
  }

  async #isOther(entry: Entry): Promise<boolean> {
    const isBuffered = this.#disk.isBuffered(entry.file);
    return isBuffered && (await this.#disk.hash(entry.file)) !== entry.hash;
  }

  /** The text that a result's positions are in; undefined where it has changed after all. */
  async #textOf({ file, hash, findings, suppressed }: Entry): Promise<string | undefined> {
    if (findings.length + suppressed.length === 0 && !this.#disk.isBuffered(file)) return '';
    const text = await this.#disk.host.readFile(file).catch(() => undefined);
    return text !== undefined && this.#disk.tools.digest(text) === hash ? text : undefined;
  }
}

/** Whether a kept result still holds in a world that has changed so. */
export function holds(entry: Entry, world: World, { changed, stale, hasOtherFiles }: Difference): boolean {
  const at = sourceAt(world, entry.file);
  if (at === undefined || stale.has(at) || world.sources[at]?.hash !== entry.hash) return false;
  if (changed.size === 0 && !hasOtherFiles) return true;
  if (entry.restsOnProject) return false;
  return entry.dependsOn.every((path) => {
    const source = sourceAt(world, path);
    return source === undefined || !changed.has(source);
  });
}
