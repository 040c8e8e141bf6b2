import type { Finding, Fix } from '../model/finding.ts';
import type { FileResult } from '../model/result.ts';
import type { Analysed } from './analysed.ts';
import { untilAborted } from './deferred.ts';

/** Lints a file once more, with the fixes of some of its findings; undefined where its text has changed meanwhile. */
export type LintWithFixes = (file: string, isAsked: (finding: Finding) => boolean) => Promise<FileResult | undefined>;

/** Computes fixes when somebody asks for them, once for each result. */
export class FixCache {
  readonly #lint: LintWithFixes;
  readonly #known = new WeakMap<Analysed, Map<Finding, Promise<readonly Fix[]>>>();

  constructor(lint: LintWithFixes) {
    this.#lint = lint;
  }

  /** The fixes of findings of a result that is still current; empty where it is not. */
  async of(
    analysed: Analysed,
    findings: readonly Finding[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<Finding, readonly Fix[]>> {
    const known = this.#known.get(analysed) ?? new Map<Finding, Promise<readonly Fix[]>>();
    this.#known.set(analysed, known);
    const asked = findings.filter((finding) => finding.fixable);
    const missing = asked.filter((finding) => !known.has(finding));
    if (missing.length > 0) this.#compute(analysed.result.file, missing, known);
    const all = await untilAborted(Promise.all(asked.map(async (finding) => await known.get(finding))), signal);
    return new Map(asked.map((finding, index) => [finding, all[index] ?? []]));
  }

  #compute(file: string, missing: readonly Finding[], known: Map<Finding, Promise<readonly Fix[]>>): void {
    const ids = new Set(missing.map(identity));
    const computing = this.#lint(file, (finding) => ids.has(identity(finding))).then(
      (result) => new Map([...(result?.fixes ?? [])].map(([finding, fixes]) => [identity(finding), fixes])),
    );
    const offeredFor = async (finding: Finding): Promise<readonly Fix[]> => {
      try {
        return (await computing).get(identity(finding)) ?? [];
      } catch (error) {
        known.delete(finding); // A failure is not remembered: the next question tries again.
        throw error;
      }
    };
    for (const finding of missing) known.set(finding, offeredFor(finding));
  }
}

/** Names a finding within its file. */
export function identity({ rule, key, span }: Pick<Finding, 'rule' | 'key' | 'span'>): string {
  return `${rule} ${key} ${span.start}-${span.end}`;
}
