import type { Session } from '../../typescript/session.ts';
import { BucketState, holds } from './bucket-state.ts';
import type { Disk } from './disk.ts';
import type { Bucket, Entry } from './format.ts';
import { type Facts, observe } from './observe.ts';
import { globalShape, shapeOf } from './scan.ts';
import { dependants, scanOf, sourceAt, type World } from './world.ts';

/** A result that has not been kept yet. */
export interface Fresh {
  readonly entry: Omit<Entry, 'world'>;
  /** The key of the project that it comes from. */
  readonly home: string;
  readonly generation: number;
  readonly tsconfig: string | undefined;
}

export type Touches = ReadonlyMap<string, { readonly generation: number; readonly shapes: ReadonlySet<string> }>;

export interface SettleRequest {
  readonly name: string;
  readonly before: BucketState;
  readonly fresh: readonly Fresh[];
  readonly session: Session;
  readonly library: string;
  readonly disk: Disk;
  readonly factsOf: (path: string) => Promise<Facts | undefined>;
  /** The files that changed, when they did so last, and the shapes that they had before. */
  readonly touches: Touches;
  readonly projectFiles: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** Settings are tried out now and then; more results of one file than this are not worth their place. */
const mostConfigs = 2;

/**
 * Brings a bucket up to date: writes down the worlds of the fresh results, and takes over those kept before that still
 * hold. Undefined where that is not possible.
 */
export async function settleBucket(
  request: SettleRequest,
): Promise<{ readonly state: BucketState; readonly isSaved: boolean } | undefined> {
  const { before, disk, signal } = request;
  const worlds: World[] = [];
  const entries: Entry[] = [];
  const written: World[] = [];
  const homes = new Map(request.fresh.map((fresh) => [fresh.home, fresh]));
  for (const [home, { entry, tsconfig }] of homes) {
    const world = await describe(request, home, entry.file, tsconfig);
    if (!world) continue;
    const index = worlds.push(world) - 1;
    written.push(world);
    const changes = changesIn(world, request.touches);
    for (const fresh of request.fresh) {
      const at = fresh.home === home ? sourceAt(world, fresh.entry.file) : undefined;
      if (at === undefined || world.sources[at]?.hash !== fresh.entry.hash || isOvertaken(fresh, at, changes)) continue;
      entries.push({ ...fresh.entry, world: index });
    }
    const old = before.bucket.worlds.find((each) => each.home === home);
    const difference = old && (await before.difference(old, signal));
    if (!old || !difference) continue;
    for (const kept of before.bucket.entries) {
      if (before.bucket.worlds[kept.world] === old && holds(kept, old, difference))
        entries.push({ ...kept, world: index });
    }
  }
  if (written.length === 0) return undefined;
  for (const [from, world] of before.bucket.worlds.entries()) {
    if (homes.has(world.home)) continue;
    const index = worlds.push(world) - 1;
    for (const kept of before.bucket.entries) if (kept.world === from) entries.push({ ...kept, world: index });
  }
  const bucket: Bucket = {
    name: request.name,
    worlds,
    entries: atMost(entries),
    ...(request.projectFiles && { projectFiles: request.projectFiles }),
  };
  const isUnsaved = await disk.hasUnsaved(written.flatMap((world) => world.sources.map(({ path }) => path)));
  return { state: BucketState.fresh(bucket, disk, written, before), isSaved: !isUnsaved };
}

async function describe(
  { session, library, disk, factsOf, signal }: SettleRequest,
  home: string,
  file: string,
  tsconfig: string | undefined,
): Promise<World | undefined> {
  await using lease = await session.lease([file], signal, tsconfig);
  const plan = lease.plan(file);
  if (plan.key !== home) return undefined;
  return await observe(disk, {
    plan,
    notes: lease.notes(file),
    inputs: await session.projectInputs(),
    loaded: await lease.program(file).fileNames(),
    factsOf,
    library,
    signal,
  });
}

interface Change {
  readonly generation: number;
  readonly reach: ReadonlySet<number>;
}

/** The changes of a world's sources, and whom they concern. */
function changesIn(world: World, touches: Touches): readonly Change[] {
  const changes: Change[] = [];
  for (const [path, { generation, shapes }] of touches) {
    const at = sourceAt(world, path);
    const source = at === undefined ? undefined : world.sources[at];
    if (at === undefined || !source) continue;
    const shape = shapeOf(scanOf(world, source));
    const isLocal = shape !== globalShape && [...shapes].every((before) => before === shape);
    changes.push({ generation, reach: isLocal ? dependants(world, [at]) : new Set(world.sources.keys()) });
  }
  return changes;
}

/** Whether something that a result rests on has changed after it was made. */
function isOvertaken({ entry, generation }: Fresh, at: number, changes: readonly Change[]): boolean {
  return changes.some((change) => change.generation > generation && (entry.restsOnProject || change.reach.has(at)));
}

function atMost(entries: readonly Entry[]): readonly Entry[] {
  const counts = new Map<string, Set<string>>();
  return entries.filter(({ file, config }) => {
    const configs = counts.get(file) ?? new Set();
    counts.set(file, configs);
    if (configs.has(config) || configs.size === mostConfigs) return false;
    configs.add(config);
    return true;
  });
}
