import type { Finding, Fix } from '../../model/finding.ts';
import type { FileResult } from '../../model/result.ts';
import type { FileChanges, Session } from '../../typescript/session.ts';
import type { MadeResult } from '../make-result.ts';
import type { Hit } from './bucket-state.ts';
import type { Entry } from './format.ts';
import { ResultCache, type ResultCacheOptions } from './result-cache.ts';

/** What holds for a file. */
export interface Holding {
  /** Its rules, severities and options, as text. */
  readonly settings: string;
  /** The config files that say so. */
  readonly dependsOn: readonly string[];
}

interface Asked {
  readonly signal: AbortSignal;
  readonly tsconfig?: string | undefined;
  readonly withFixes?: unknown;
  readonly freshFixes?: boolean;
}

/** A result, and the settings under which it was made. */
export interface Made extends MadeResult {
  readonly settings: string;
}

interface Circumstances {
  /** What `generation` was before the program was looked at. */
  readonly generation: number;
  readonly tsconfig: string | undefined;
  readonly withFixes: unknown;
}

/** The linter's results, kept and found again. */
export class KeptResults {
  readonly #cache: ResultCache;
  readonly #digest: (text: string) => string;
  readonly #digests = new Map<string, string>();

  constructor(options: ResultCacheOptions) {
    this.#cache = new ResultCache(options);
    this.#digest = options.tools.digest;
  }

  /** Rises with every change of a file. */
  get generation(): number {
    return this.#cache.generation;
  }

  get hasNew(): boolean {
    return this.#cache.isDirty;
  }

  buffered(file: string, text: string | undefined): void {
    this.#cache.buffered(file, text);
  }

  filesChanged(changes: FileChanges): void {
    this.#cache.filesChanged(changes);
  }

  projectFiles(tsconfig: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
    return this.#cache.projectFiles(tsconfig, signal);
  }

  rememberProjectFiles(tsconfig: string, files: readonly string[]): void {
    this.#cache.rememberProjectFiles(tsconfig, files);
  }

  mayMatter(changed: string, text: string, file: string): boolean {
    return this.#cache.mayMatter(changed, text, file);
  }

  /** The results that still hold. Without the fixes that are asked for a result is of no use. */
  async recall(
    files: readonly string[],
    asked: Asked,
    holdingOf: (file: string) => Promise<Holding>,
  ): Promise<ReadonlyMap<string, FileResult>> {
    const holdings = await Promise.all(files.map(holdingOf));
    const wanted = files.map((file, index) => ({ file, config: this.#nameOf(holdings[index]?.settings ?? '') }));
    const hits = await this.#cache.lookup(wanted, asked.tsconfig, asked.signal);
    const results = new Map<string, FileResult>();
    for (const [index, file] of files.entries()) {
      const hit = hits.get(file);
      const result = hit && resultOf(hit, asked, holdings[index]?.dependsOn ?? []);
      if (result) results.set(file, result);
    }
    return results;
  }

  /** Takes note of a result. */
  async made(
    { result, settings, home, dependsOn, restsOnProject, isSound }: Made,
    { generation, tsconfig, withFixes }: Circumstances,
  ): Promise<void> {
    // What a fault of ours has left out may be there next time.
    if (!isSound) return;
    const { file, text, findings, suppressed, fixes, notes } = result;
    const hasAllFixes = fixes && typeof withFixes !== 'function';
    const entry = {
      file,
      config: this.#nameOf(settings),
      restsOnProject,
      dependsOn,
      findings,
      suppressed,
      notes,
      ...(hasAllFixes && { fixes: findings.map((finding) => fixes.get(finding) ?? []) }),
    };
    await this.#cache.made({ entry, text, home, generation, tsconfig });
  }

  async keep(session: Session, signal: AbortSignal): Promise<void> {
    if (this.#cache.isDirty) await this.#cache.settle(session, await session.library(), signal);
  }

  #nameOf(settings: string): string {
    let name = this.#digests.get(settings);
    if (name === undefined) this.#digests.set(settings, (name = this.#digest(settings)));
    return name;
  }
}

function resultOf(
  { entry, world, text }: Hit,
  { withFixes, freshFixes }: Asked,
  configs: readonly string[],
): FileResult | undefined {
  const { file, findings, suppressed, dependsOn, notes } = entry;
  const fixes = withFixes ? fixesOf(entry, freshFixes ?? false) : undefined;
  if (withFixes && !fixes) return undefined;
  return {
    file,
    ...(world.tsconfig !== undefined && { tsconfig: world.tsconfig }),
    text,
    findings,
    suppressed,
    ...(fixes && { fixes }),
    dependsOn: [...new Set([...dependsOn, ...configs])],
    notes,
    milliseconds: 0,
  };
}

/** The fixes of kept findings, by the very objects; undefined where they are not known, or may not come from what was kept. */
function fixesOf({ findings, fixes }: Entry, areFresh: boolean): ReadonlyMap<Finding, readonly Fix[]> | undefined {
  const isFixable = findings.some(({ fixable }) => fixable);
  if (isFixable && (areFresh || !fixes)) return undefined;
  return new Map(
    findings.flatMap((finding, index) => (finding.fixable ? [[finding, fixes?.[index] ?? []] as const] : [])),
  );
}
