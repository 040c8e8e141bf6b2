import type { CacheHost } from '../../model/cache-host.ts';
import type { Host } from '../../model/host.ts';
import { ancestors, dirname } from '../../typescript/paths.ts';
import { remember } from '../../typescript/remember.ts';
import type { FileChanges, Session } from '../../typescript/session.ts';
import { BucketState, type Hit, type Rest, type Wanted } from './bucket-state.ts';
import { Disk } from './disk.ts';
import { type Bucket, type Entry, readBucket, writeBucket } from './format.ts';
import type { Facts } from './observe.ts';
import { scanText, shapeOf } from './scan.ts';
import { type Fresh, settleBucket } from './settle.ts';
import { scanOf, sourceAt } from './world.ts';

export interface ResultCacheOptions {
  /** With unsaved texts laid over. */
  readonly host: Host;
  readonly tools: CacheHost;
  /** Names the program, its rules and its compiler: what another version kept is another's. */
  readonly version: string;
  /** Files that no tsconfig is near are kept together under it. */
  readonly cwd: string;
}

/** A result to keep. */
export interface Made {
  readonly entry: Omit<Entry, 'world' | 'hash'>;
  readonly text: string;
  readonly home: string;
  /** What `generation` was when the program was looked at. */
  readonly generation: number;
  readonly tsconfig: string | undefined;
}

/**
 * Results of files, kept between runs and shared by all processes of one user. A result holds as long as the text of
 * the file is the same, and of every file that it reaches by imports, and everything that the program rests on.
 */
export class ResultCache {
  readonly #options: ResultCacheOptions;
  readonly #disk: Disk;
  readonly #buckets = new Map<string, Promise<BucketState>>();
  readonly #loaded = new Map<string, BucketState>();
  readonly #facts = new Map<string, Facts>();
  readonly #fresh = new Map<string, Map<string, Fresh>>();
  readonly #rests = new Map<string, Rest & { readonly bucket: string }>();
  readonly #projectFiles = new Map<string, readonly string[]>();
  readonly #touches = new Map<string, { generation: number; shapes: Set<string> }>();
  #generation = 0;

  constructor(options: ResultCacheOptions) {
    this.#options = options;
    this.#disk = new Disk(options.host, options.tools);
  }

  /** Rises with every change. */
  get generation(): number {
    return this.#generation;
  }

  /** Whether there are results that have not been kept yet. */
  get isDirty(): boolean {
    return this.#fresh.size > 0;
  }

  /** An editor shows this text of a file; undefined where it has it open no more. */
  buffered(file: string, text: string | undefined): void {
    const isSame = text !== undefined && this.#facts.get(file)?.hash === this.#options.tools.digest(text);
    if (isSame) this.#disk.touched(file, true);
    else this.#touched(file, text, text !== undefined);
  }

  filesChanged({ changed = [], created = [], deleted = [], everything = false }: FileChanges): void {
    for (const file of [...changed, ...created, ...deleted]) this.#touched(file, undefined, undefined);
    if (everything) {
      this.#disk.everythingTouched();
      this.#facts.clear();
    }
    const areTexts = changed.every((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.includes('/node_modules/'));
    if (areTexts && created.length + deleted.length === 0 && !everything) return;
    this.#generation++;
    this.#fresh.clear();
    this.#rests.clear();
    this.#projectFiles.clear();
    this.#buckets.clear();
    this.#loaded.clear();
  }

  /** The results that were kept and still hold. */
  async lookup(
    wanted: readonly Wanted[],
    tsconfig: string | undefined,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Hit>> {
    const groups = new Map<string, Wanted[]>();
    const names = await Promise.all(wanted.map(({ file }) => this.#bucketOf(file, tsconfig)));
    for (const [index, each] of wanted.entries()) remember(groups, names[index] ?? '', () => []).push(each);
    const hits = new Map<string, Hit>();
    for (const [name, group] of groups) {
      const state = await this.#state(name);
      for (const [file, hit] of await state.lookup(group, signal)) {
        hits.set(file, hit);
        const { restsOnProject, dependsOn } = hit.entry;
        this.#rests.set(file, { bucket: name, home: hit.world.home, restsOnProject, dependsOn });
      }
    }
    return hits;
  }

  /** Takes note of a result. It is kept at the next `settle`, if nothing that it rests on has changed until then. */
  async made({ entry, text, home, generation, tsconfig }: Made): Promise<void> {
    const { file, restsOnProject, dependsOn } = entry;
    const bucket = await this.#bucketOf(file, tsconfig);
    if (generation < (this.#touches.get(file)?.generation ?? 0)) return;
    const facts = this.#factsOfText(file, text);
    this.#facts.set(file, facts);
    const fresh = remember(this.#fresh, bucket, () => new Map<string, Fresh>());
    fresh.set(`${file}\n${entry.config}`, { entry: { ...entry, hash: facts.hash }, home, generation, tsconfig });
    this.#rests.set(file, { bucket, home, restsOnProject, dependsOn });
  }

  /** The files of a tsconfig as they were, where that has not changed. */
  async projectFiles(tsconfig: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
    const state = await this.#state(fixedBucket(tsconfig));
    const { projectFiles } = state.bucket;
    return projectFiles && (await state.hasSameFiles(signal)) ? projectFiles : undefined;
  }

  rememberProjectFiles(tsconfig: string, files: readonly string[]): void {
    this.#projectFiles.set(fixedBucket(tsconfig), files);
  }

  /** Whether a new text of one file may change the result of another. False is certain. */
  mayMatter(changed: string, text: string, file: string): boolean {
    const rest = this.#rests.get(file);
    const state = rest && this.#loaded.get(rest.bucket);
    return !state || !rest || state.mayMatter(changed, text, file, rest);
  }

  /** Writes down what the results made so far rest on, and keeps them. Rejects with the signal's reason when aborted. */
  async settle(session: Session, library: string, signal: AbortSignal): Promise<void> {
    for (const [name, fresh] of [...this.#fresh]) {
      this.#fresh.delete(name);
      const generation = this.#generation;
      const before = await this.#state(name);
      const settled = await settleBucket({
        name,
        before,
        fresh: [...fresh.values()],
        session,
        library,
        disk: this.#disk,
        factsOf: (path) => this.#factsOf(path, before),
        touches: this.#touches,
        projectFiles: this.#projectFiles.get(name) ?? before.bucket.projectFiles,
        signal,
      });
      if (!settled || generation !== this.#generation) continue;
      this.#loaded.set(name, settled.state);
      this.#buckets.set(name, Promise.resolve(settled.state));
      if (settled.isSaved) await this.#save(settled.state.bucket);
    }
  }

  #touched(file: string, text: string | undefined, isBuffered: boolean | undefined): void {
    const facts = this.#facts.get(file);
    const touch = remember(this.#touches, file, () => ({ generation: 0, shapes: new Set<string>() }));
    touch.generation = ++this.#generation;
    touch.shapes.add(facts ? shapeOf(facts.scan) : unknownShape);
    this.#facts.delete(file);
    this.#disk.touched(file, isBuffered);
    for (const state of this.#loaded.values()) state.touched(file, text);
  }

  async #save(bucket: Bucket): Promise<void> {
    const { tools, version } = this.#options;
    const text = await writeBucket(bucket, version, tools.digest);
    if (text.length <= mostCharacters) await tools.save(tools.digest(bucket.name), text);
  }

  #state(name: string): Promise<BucketState> {
    return remember(this.#buckets, name, async () => {
      const { tools, version } = this.#options;
      const text = await tools.load(tools.digest(name));
      const bucket = text === undefined ? undefined : await readBucket(text, name, version, tools.digest);
      const state = new BucketState(bucket ?? { name, worlds: [], entries: [] }, this.#disk);
      this.#loaded.set(name, state);
      return state;
    });
  }

  /** Results are kept by the tsconfig that is nearest to their file, or by the one that was given. */
  async #bucketOf(file: string, tsconfig: string | undefined): Promise<string> {
    if (tsconfig !== undefined) return fixedBucket(tsconfig);
    for (const folder of ancestors(dirname(file))) {
      const { files } = await this.#options.host.list(folder);
      if (files.includes('tsconfig.json') || files.includes('jsconfig.json')) return `near ${folder}`;
    }
    return `loose ${this.#options.cwd}`;
  }

  async #factsOf(path: string, before: BucketState): Promise<Facts | undefined> {
    const known = this.#facts.get(path);
    if (known) return known;
    const facts = (await this.#factsBefore(path, before)) ?? (await this.#factsOnDisk(path));
    // asynclint-disable-next-line check-then-act -- two that read the same file at once come to the same facts
    if (facts) this.#facts.set(path, facts);
    return facts;
  }

  async #factsBefore(path: string, { bucket }: BucketState): Promise<Facts | undefined> {
    for (const world of bucket.worlds) {
      const at = sourceAt(world, path);
      const source = at === undefined ? undefined : world.sources[at];
      if (source && (await this.#disk.isSame(source))) return { hash: source.hash, scan: scanOf(world, source) };
    }
    return undefined;
  }

  /** What changed after the compiler has looked at it may be another text than the compiler's. */
  async #factsOnDisk(path: string): Promise<Facts | undefined> {
    if (!this.#disk.isBuffered(path) && !(await this.#disk.isSettled(path))) return undefined;
    const text = await this.#options.host.readFile(path).catch(() => undefined);
    return text === undefined ? undefined : this.#factsOfText(path, text);
  }

  #factsOfText(path: string, text: string): Facts {
    return { hash: this.#options.tools.digest(text), scan: scanText(path, text) };
  }
}

const unknownShape = '?';

/** A workspace of a million lines takes about ten megabytes. */
const mostCharacters = 64 * 1024 * 1024;

function fixedBucket(tsconfig: string): string {
  return `of ${tsconfig}`;
}
