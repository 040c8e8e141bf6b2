import type { Finding, Fix, Note } from './finding.ts';

/** What the engine knows about one file after a run. */
export interface FileResult {
  readonly file: string;
  /**
   * The text that was linted: positions in `findings` refer to it and to nothing else. Empty where the result was kept
   * from an earlier run and has no findings.
   */
  readonly text: string;
  /** In the order of `compareFindings`; suppressed findings are left out. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  /** The fixes of `findings`, by the very objects, where they were asked for. The first is preferred if it is safe. */
  readonly fixes?: ReadonlyMap<Finding, readonly Fix[]>;
  /** Absolute paths of all files whose change may change this result; sorted. */
  readonly dependsOn: readonly string[];
  /** The tsconfig that the file belongs to, if any. */
  readonly tsconfig?: string;
  readonly notes: readonly Note[];
  readonly milliseconds: number;
}
